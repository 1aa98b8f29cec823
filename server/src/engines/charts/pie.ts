import type { Box } from './box.ts'
import type { Chart } from './chart.ts'
import { latest } from './latest.ts'
import { drawLegend } from './legend.ts'
import { noData } from './no-data.ts'
import { shortNumber } from './number-text.ts'
import type { Painted } from './plot.ts'
import { element, pixels, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import type { Theme } from './theme.ts'

/** Of the radius: the hole in the middle, where the total stands. */
const HOLE = 0.58

/** The newest values as shares of their sum; what is not above zero has no share. */
export const drawPie = (chart: Chart, painted: readonly Painted[], body: Box, theme: Theme): Svg => {
  const slices = painted.flatMap(({ series, color }) => {
    const value = latest(series) ?? 0
    return value > 0 ? [{ label: series.label, color, value }] : []
  })
  const total = slices.reduce((sum, { value }) => sum + value, 0)
  if (slices.length === 0 || !Number.isFinite(total)) return noData(body, theme)
  const entries = slices.map(({ label, color, value }) => ({ label: chart.valueLabels === false ? label : `${shortNumber(value)} (${share(value / total)})  ${label}`, color }))
  const { svg: legend, rest } = drawLegend(entries, chart.legend, body, theme)
  const radius = Math.min(rest.width, rest.height) / 2
  const [x, y] = [rest.x + rest.width / 2, rest.y + rest.height / 2]
  let turned = 0
  const drawn = slices.map(({ color, value }) => {
    const from = turned
    turned += value / total
    return element('path', { d: ring(x, y, radius, from, turned), fill: color, stroke: theme.background, 'stroke-width': radius > 20 && slices.length > 1 ? 1.5 : 0 })
  })
  const sum = shortNumber(total)
  const size = Math.min(24, radius * 0.34)
  const fits = size >= 9 && textWidth(sum, size, true) < radius * HOLE * 1.8
  return drawn.join('') + (fits ? textAt(x, y + size * 0.36, sum, { size, color: theme.text, bold: true, anchor: 'middle' }) : '') + legend
}

const share = (part: number): string => (part < 0.001 ? '<0.1%' : `${Number((part * 100).toFixed(1))}%`)

/** A piece of a ring; shares of a turn, from the top, clockwise. */
const ring = (x: number, y: number, radius: number, from: number, to: number): string => {
  // An arc to where it begins would be none.
  const end = Math.min(to, from + 0.9999)
  const long = end - from > 0.5 ? 1 : 0
  const inner = radius * HOLE
  const point = (turn: number, distance: number) =>
    `${pixels(x + Math.sin(turn * 2 * Math.PI) * distance)},${pixels(y - Math.cos(turn * 2 * Math.PI) * distance)}`
  const [r, i] = [pixels(radius), pixels(inner)]
  return `M${point(from, radius)}A${r},${r} 0 ${long} 1 ${point(end, radius)}L${point(end, inner)}A${i},${i} 0 ${long} 0 ${point(from, inner)}Z`
}
