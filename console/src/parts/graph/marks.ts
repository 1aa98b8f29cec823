import type uPlot from 'uplot'
import type { StateValue } from '../../aws/shapes.ts'
import type { StateBand } from './bands.ts'

export interface Threshold {
  readonly value: number
  /** `≥ 80 %` */
  readonly label: string
}

/** Height of the strip of states at the foot of the plot, in CSS pixels. */
const STRIP = 6
const TINT = 0.1

/** A strip of the alarm's states along the foot of the plot, with a tint above it where it was in alarm. */
export const paintBands = (plot: uPlot, bands: readonly StateBand[], colors: Readonly<Record<StateValue, string>>): void => {
  const { ctx, bbox } = plot
  const strip = STRIP * devicePixelRatio
  ctx.save()
  for (const { state, start, end } of bands) {
    const left = Math.max(bbox.left, plot.valToPos(start, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(end, 'x', true))
    if (right <= left) continue
    // A flap of seconds in a week is still worth one pixel.
    const width = Math.max(right - left, devicePixelRatio)
    ctx.fillStyle = colors[state]
    ctx.globalAlpha = 1
    ctx.fillRect(left, bbox.top + bbox.height - strip, width, strip)
    if (state !== 'ALARM') continue
    ctx.globalAlpha = TINT
    ctx.fillRect(left, bbox.top, width, bbox.height - strip)
  }
  ctx.restore()
}

/** The dashed line of the threshold, with its condition written on it. */
export const paintThreshold = (plot: uPlot, threshold: Threshold | undefined, color: string, halo: string, font: string): void => {
  if (threshold === undefined) return
  const { ctx, bbox } = plot
  const y = Math.round(plot.valToPos(threshold.value, 'y', true))
  if (y < bbox.top || y > bbox.top + bbox.height) return
  ctx.save()
  ctx.strokeStyle = color
  ctx.fillStyle = color
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.font = font.replace(/^\d+/, size => String(Number(size) * devicePixelRatio))
  ctx.textAlign = 'left'
  const roomAbove = y - bbox.top > 18 * devicePixelRatio
  ctx.textBaseline = roomAbove ? 'bottom' : 'top'
  const place = [bbox.left + 4 * devicePixelRatio, y + (roomAbove ? -3 : 4) * devicePixelRatio] as const
  ctx.setLineDash([])
  ctx.lineWidth = 4 * devicePixelRatio
  ctx.lineJoin = 'round'
  ctx.strokeStyle = halo
  ctx.strokeText(threshold.label, ...place)
  ctx.fillText(threshold.label, ...place)
  ctx.restore()
}

/** A line at the moment that is being looked at. */
export const paintMoment = (plot: uPlot, at: number | undefined, color: string): void => {
  const { ctx, bbox } = plot
  if (at === undefined) return
  const x = Math.round(plot.valToPos(at, 'x', true))
  if (x < bbox.left || x > bbox.left + bbox.width) return
  ctx.save()
  ctx.strokeStyle = color
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}
