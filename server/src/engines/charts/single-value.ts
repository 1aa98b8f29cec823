import { bottom, cells, inset, type Box } from './box.ts'
import type { Chart } from './chart.ts'
import { latest } from './latest.ts'
import { fullNumber, shortNumber } from './number-text.ts'
import { pathOf } from './lines.ts'
import type { Painted } from './plot.ts'
import { runsOf, thinned, type Dot } from './runs.ts'
import { linear, type Scale } from './scale.ts'
import { element, fit, pixels, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import type { Theme } from './theme.ts'
import { valueTicks } from './value-ticks.ts'

const LABEL_SIZE = 12
const LARGEST = 56
/** Between a name and how its value changed. */
const GAP = 8

/** The newest value of each series, as large as there is room, with its recent course below. */
export const drawSingleValues = (chart: Chart, painted: readonly Painted[], body: Box, theme: Theme): Svg => {
  const shown = painted.slice(0, Math.max(1, Math.floor((body.width * body.height) / (60 * 30))))
  return cells(body, shown.length, 1.8).map((cell, index) => drawCell(chart, shown[index]!, inset(cell, { left: 4, right: 4 }), theme)).join('')
}

const drawCell = (chart: Chart, { series, color }: Painted, cell: Box, theme: Theme): Svg => {
  const value = latest(series)
  const number = value === undefined ? '--' : chart.fullPrecision ? fullNumber(value) : shortNumber(value)
  const spark = chart.sparkline && cell.height >= 70
  const labelled = cell.height >= 40
  const middle = inset(cell, { bottom: spark ? cell.height * 0.38 : 0 })
  const room = middle.height - (labelled ? LABEL_SIZE + 10 : 0)
  const size = Math.min(LARGEST, room * 0.7, cell.width / textWidth(number, 1, true))
  const center = cell.x + cell.width / 2
  // Number and label stand together in the middle of the cell.
  const height = size + (labelled ? LABEL_SIZE + 8 : 0)
  const top = middle.y + Math.max(0, (middle.height - height) / 2)
  const change = labelled && chart.trend === true ? fitting(changeOf(series, chart), cell.width - 18) : ''
  const changeWidth = change === '' ? 0 : textWidth(change, LABEL_SIZE, true) + GAP
  const label = labelled ? fit(series.label, cell.width - 18 - changeWidth, LABEL_SIZE) : ''
  const labelWidth = textWidth(label, LABEL_SIZE)
  const labelX = center - (labelWidth + changeWidth) / 2 + 8
  const labelY = top + size + 6
  return (
    (spark ? sparkline(chart, { series, color }, inset(cell, { top: cell.height * 0.64, bottom: 2 })) : '') +
    (size < 6 ? '' : textAt(center, top + size * 0.86, number, { size, color: theme.text, bold: true, anchor: 'middle' })) +
    (label === '' ? '' : element('rect', { x: labelX - 16, y: labelY, width: 10, height: 10, rx: 2, fill: color }) + textAt(labelX, labelY + 9, label, { size: LABEL_SIZE, color: theme.muted })) +
    (change === '' ? '' : textAt(labelX + labelWidth + GAP, labelY + 9, change, { size: LABEL_SIZE, color: theme.text, bold: true }))
  )
}

/** `+12.5%` from the first value of the range to the last; where there are no parts of the first, by how much. Empty: nothing to compare. */
const changeOf = (series: Painted['series'], { start, end }: Chart): string => {
  const dots = runsOf(series, start, end).flat()
  if (dots.length < 2) return ''
  const [first, last] = [dots[0]!.value, dots.at(-1)!.value]
  const change = first === 0 ? last : ((last - first) / Math.abs(first)) * 100
  return Number.isFinite(change) ? `${change > 0 ? '+' : ''}${shortNumber(change)}${first === 0 ? '' : '%'}` : ''
}

/** A part of a number says something else: it is there as a whole, or not. */
const fitting = (text: string, width: number): string => (textWidth(text, LABEL_SIZE, true) + GAP <= width ? text : '')

const sparkline = ({ start, end }: Chart, { series, color }: Painted, box: Box): Svg => {
  const runs = runsOf(series, start, end)
  const dots = runs.flat()
  if (dots.length === 0) return ''
  const { from, to } = valueTicks(dots.map(({ value }) => value), { min: undefined, max: undefined }, 2)
  // It has no time axis, so it fills its width with what data there is, below the middle of its number.
  const [first, last] = [dots[0]!.at, dots.at(-1)!.at]
  const x = linear(first, last, box.x + 2, box.x + box.width - 2)
  const y = linear(from, to, bottom(box), box.y)
  return runs
    .map(run => {
      if (run.length === 1) return dot(run[0]!, x, y, color)
      const points = thinned(run, first, (last - first) / Math.max(1, box.width))
      const line = pathOf(points, x, y)
      const area = `${line}L${pixels(x(points.at(-1)!.at))},${pixels(bottom(box))}L${pixels(x(points[0]!.at))},${pixels(bottom(box))}Z`
      return element('path', { d: area, fill: color, 'fill-opacity': '0.15' }) +
        element('path', { d: line, fill: 'none', stroke: color, 'stroke-width': 1.5, 'stroke-linejoin': 'round' })
    })
    .join('')
}

const dot = ({ at, value }: Dot, x: Scale, y: Scale, color: string): Svg => element('circle', { cx: x(at), cy: y(value), r: 2, fill: color })
