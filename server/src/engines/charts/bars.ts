import { LABEL_SIZE, rule } from './axes.ts'
import { bottom, inset, right, type Box } from './box.ts'
import { centredText } from './centred-text.ts'
import type { Chart } from './chart.ts'
import { latest } from './latest.ts'
import { noData } from './no-data.ts'
import { shortNumber, tickNumber } from './number-text.ts'
import type { Painted } from './plot.ts'
import { linear } from './scale.ts'
import { element, fit, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import { chosenColor, type Theme } from './theme.ts'
import { valueTicks } from './value-ticks.ts'

const ROW = 18
const WIDEST_BAR = 26

/** The newest value of each series as a lying bar: labels of any length stay readable beside it. */
export const drawBars = (chart: Chart, painted: readonly Painted[], body: Box, theme: Theme): Svg => {
  const bars = painted.flatMap(({ series, color }) => {
    const value = latest(series)
    return value === undefined ? [] : [{ label: series.label, color, value }]
  })
  if (bars.length === 0) return noData(body, theme)
  const roomy = body.width >= 120 && body.height >= 50
  const area = inset(body, { bottom: roomy ? ROW : 0 })
  const rows = Math.max(1, Math.min(bars.length, Math.floor(area.height / ROW)))
  const shown = bars.slice(0, bars.length > rows ? Math.max(1, rows - 1) : rows)
  const labels = shown.map(({ label }) => (chart.legend === 'hidden' || !roomy ? '' : fit(label, body.width * 0.36, LABEL_SIZE)))
  const labelWidth = Math.max(0, ...labels.map(label => textWidth(label, LABEL_SIZE)))
  const numbers = shown.map(({ value }) => (chart.valueLabels === false ? '' : shortNumber(value)))
  const numberWidth = roomy ? Math.max(0, ...numbers.map(text => textWidth(text, LABEL_SIZE))) + 6 : 0
  const box = inset(area, { left: labelWidth === 0 ? 0 : labelWidth + 8, right: numberWidth })
  const height = area.height / rows
  const limits = chart.horizontal.flatMap(({ value, to }) => (to === undefined ? [value] : [value, to.value]))
  const span = valueTicks([0, ...shown.map(({ value }) => value), ...limits], chart.axes.left, Math.max(1, Math.floor(box.width / 70)))
  const x = clamped(linear(span.from, span.to, box.x, right(box)), box)
  const thick = Math.min(WIDEST_BAR, height * 0.64)
  const grid = !roomy ? [] : span.ticks.map(tick =>
    rule(x(tick), box.y, x(tick), bottom(box), theme.grid) +
    centredText(x(tick), bottom(box) + LABEL_SIZE + 5, tickNumber(tick, span.step), LABEL_SIZE, theme.muted, body))
  const drawn = shown.map(({ value, color }, index) => {
    const middle = box.y + height * (index + 0.5)
    const [from, to] = [x(0), x(value)]
    const bar = element('rect', { x: Math.min(from, to), y: middle - thick / 2, width: Math.max(1, Math.abs(to - from)), height: thick, rx: Math.min(2, thick / 2), fill: color })
    if (!roomy) return bar
    const base = middle + LABEL_SIZE * 0.36
    const label = labels[index] === '' ? '' : textAt(box.x - 8, base, labels[index]!, { size: LABEL_SIZE, color: theme.text, anchor: 'end' })
    if (numbers[index] === '') return bar + label
    return bar + label + textAt(Math.max(from, to) + 5, base, numbers[index]!, { size: LABEL_SIZE, color: theme.text, halo: theme.background })
  })
  const marks = chart.horizontal.flatMap(({ value, to, color }) =>
    [value, ...(to === undefined ? [] : [to.value])].map(at =>
      rule(x(at), box.y, x(at), bottom(box), chosenColor(color, theme.muted), { 'stroke-width': 1.5, 'stroke-dasharray': '6 3' })))
  const hidden = bars.length - shown.length
  const more = hidden === 0 || !roomy ? '' : textAt(body.x, box.y + height * (rows - 0.5) + 4, `+${hidden} more`, { size: LABEL_SIZE, color: theme.muted })
  return grid.join('') + drawn.join('') + marks.join('') + more
}

const clamped = (scale: (value: number) => number, box: Box) => (value: number): number => Math.min(right(box), Math.max(box.x, scale(value)))
