import { cells, inset, type Box } from './box.ts'
import type { Chart } from './chart.ts'
import { latest } from './latest.ts'
import { fullNumber, shortNumber } from './number-text.ts'
import type { Painted } from './plot.ts'
import { element, fit, pixels, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import { chosenColor, type Theme } from './theme.ts'

const SIZE = 12
/** Of the radius. */
const THICKNESS = 0.2

/** The newest value of each series as a half turn from the left axis' min to its max, with shaded ranges as an outer ring. */
export const drawGauges = (chart: Chart, painted: readonly Painted[], body: Box, theme: Theme): Svg => {
  const shown = painted.slice(0, Math.max(1, Math.floor((body.width * body.height) / (80 * 60))))
  return cells(body, shown.length, 1.5).map((cell, index) => drawGauge(chart, shown[index]!, inset(cell, { left: 6, right: 6 }), theme)).join('')
}

const drawGauge = (chart: Chart, { series, color }: Painted, cell: Box, theme: Theme): Svg => {
  const min = chart.axes.left.min ?? 0
  const max = Math.max(chart.axes.left.max ?? 100, min + Number.MIN_VALUE)
  const below = cell.height >= 60 ? SIZE * 3 + 2 : 0
  const radius = Math.max(0, Math.min(cell.width / 2, cell.height - below))
  const x = cell.x + cell.width / 2
  const y = cell.y + (cell.height - below - radius) / 2 + radius
  const share = (value: number): number => Math.min(1, Math.max(0, (value - min) / (max - min)))
  const thick = radius * THICKNESS
  const arc = (from: number, to: number, paint: string, distance: number, width: number): Svg =>
    to - from < 1e-4 ? '' : element('path', { d: arcPath(x, y, distance, from, to), fill: 'none', stroke: paint, 'stroke-width': width })
  const ranges = chart.horizontal.map(({ value, fill, to, color: paint }) => {
    const ends = to !== undefined ? [share(value), share(to.value)] : fill === 'above' ? [share(value), 1] : fill === 'below' ? [0, share(value)] : []
    if (ends.length === 0) return arc(share(value) - 0.004, share(value) + 0.004, chosenColor(paint, theme.muted), radius - thick / 2, thick)
    return arc(Math.min(...ends), Math.max(...ends), chosenColor(paint, theme.muted), radius - radius * 0.02, radius * 0.04)
  })
  const value = latest(series)
  const number = value === undefined ? '--' : chart.fullPrecision ? fullNumber(value) : shortNumber(value)
  const size = Math.min(40, radius * 0.42, ((radius - thick) * 1.7) / textWidth(number, 1, true))
  const inner = radius * 0.94 - thick / 2
  return (
    arc(0, 1, theme.grid, inner, thick) +
    (value === undefined ? '' : arc(0, share(value), color, inner, thick)) +
    ranges.join('') +
    (size < 6 ? '' : textAt(x, y - radius * 0.06, number, { size, color: theme.text, bold: true, anchor: 'middle' })) +
    (below === 0 ? '' : ends(x, y, radius, thick, [shortNumber(min), shortNumber(max)], theme) +
      textAt(x, y + SIZE * 2 + 8, fit(series.label, cell.width, SIZE), { size: SIZE, color: theme.muted, anchor: 'middle' }))
  )
}

const ends = (x: number, y: number, radius: number, thick: number, [low = '', high = '']: readonly string[], theme: Theme): Svg => {
  const style = { size: 10, color: theme.muted, anchor: 'middle' } as const
  const distance = radius * 0.94 - thick / 2
  // Where the numbers are wider than the arc they would meet, or leave the picture.
  if (Math.max(textWidth(low, 10), textWidth(high, 10)) > radius * 0.5) return ''
  return textAt(x - distance, y + 13, low, style) + textAt(x + distance, y + 13, high, style)
}

/** Shares of the half turn from the left over the top to the right. */
const arcPath = (x: number, y: number, radius: number, from: number, to: number): string => {
  const point = (share: number) => `${pixels(x - Math.cos(share * Math.PI) * radius)},${pixels(y - Math.sin(share * Math.PI) * radius)}`
  return `M${point(from)}A${pixels(radius)},${pixels(radius)} 0 0 1 ${point(to)}`
}
