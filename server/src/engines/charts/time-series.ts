import { drawMarks, drawShades } from './annotations.ts'
import { drawAreas, stackedValues } from './areas.ts'
import { LABEL_SIZE, axisTitle, axisWidth, drawAxisTitles, drawTimeAxis, drawValueAxis } from './axes.ts'
import { drawBands, isBand } from './bands.ts'
import { bottom, inset, right, type Box } from './box.ts'
import type { AxisSide, Chart } from './chart.ts'
import { LabelRoom } from './label-room.ts'
import { drawLegend } from './legend.ts'
import { drawLines } from './lines.ts'
import { noData } from './no-data.ts'
import type { Painted, Plot } from './plot.ts'
import { linear } from './scale.ts'
import { element, type Svg } from './svg.ts'
import type { Theme } from './theme.ts'
import { valueTicks, type ValueTicks } from './value-ticks.ts'

/** Below this there is no room for numbers, only for the curve. */
const LEAST_WIDTH = 120
const LEAST_HEIGHT = 70
const PER_TICK = 36
const DOT = 3

/** Lines or stacked areas over time, with axes, annotations and legend. */
export const drawTimeSeries = (chart: Chart, painted: readonly Painted[], body: Box, frame: Box, theme: Theme): Svg => {
  const entries = painted.map(({ series, color }) => ({ label: series.label, color }))
  const { svg: legend, rest } = drawLegend(entries, chart.legend, body, theme)
  const roomy = rest.width >= LEAST_WIDTH && rest.height >= LEAST_HEIGHT
  const titled = roomy && (axisTitle(chart.axes.left) ?? axisTitle(chart.axes.right)) !== undefined
  const titleRow = { ...rest, height: titled ? LABEL_SIZE + 8 : 0 }
  // Half a line of room for the topmost number.
  const area = inset(rest, { top: titled ? titleRow.height + 4 : roomy ? 5 : 0, bottom: roomy ? LABEL_SIZE + 10 : 0 })
  const left = ticksOf(chart, painted, 'left', area)
  const other = uses(chart, painted, 'right') ? ticksOf(chart, painted, 'right', area) : undefined
  const leftShown = other === undefined || uses(chart, painted, 'left')
  const box = roomy
    ? inset(area, { left: leftShown ? axisWidth(left) : 0, right: other === undefined ? 4 : axisWidth(other) })
    : area
  // A point at the top of the axis is seen whole.
  const over = roomy ? DOT : 1
  const plot = plotIn(chart, theme, box, left, other ?? left)
  const room = new LabelRoom(box)
  const single = painted.filter(one => !isBand(one))
  const data = drawBands(plot, painted) + (chart.stacked ? drawAreas(plot, single) : drawLines(plot, single))
  const empty = painted.every(({ series }) => !series.timestamps.some(at => at >= chart.start && at <= chart.end))
  return (
    (titled ? drawAxisTitles(titleRow, chart.axes, theme) : '') +
    (roomy && leftShown ? drawValueAxis(plot, left, 'left', true) : '') +
    (roomy && other !== undefined ? drawValueAxis(plot, other, 'right', !leftShown) : '') +
    (roomy ? drawTimeAxis(plot, frame) : '') +
    drawShades(plot) +
    element('clipPath', { id: 'plot' }, element('rect', { x: box.x, y: box.y - over, width: box.width, height: box.height + 2 * over })) +
    element('g', { 'clip-path': 'url(#plot)' }, data) +
    drawMarks(plot, room) +
    (empty ? noData(box, theme) : '') +
    legend
  )
}

const uses = (chart: Chart, painted: readonly Painted[], side: AxisSide): boolean =>
  painted.some(({ series }) => series.axis === side) || chart.horizontal.some(({ axis }) => axis === side)

const ticksOf = (chart: Chart, painted: readonly Painted[], side: AxisSide, area: Box): ValueTicks =>
  valueTicks(valuesOf(chart, painted, side), chart.axes[side], Math.min(10, Math.floor(area.height / PER_TICK)))

/** Whatever the axis must show: data, annotations, and the ground that piles stand on. */
const valuesOf = (chart: Chart, painted: readonly Painted[], side: AxisSide): readonly number[] => [
  ...(chart.stacked ? [0, ...stackedValues(chart, painted.filter(one => !isBand(one)), side)] : []),
  ...painted.filter(one => one.series.axis === side && (isBand(one) || !chart.stacked)).flatMap(({ series }) => inRange(chart, series)),
  ...chart.horizontal.filter(({ axis }) => axis === side).flatMap(({ value, to }) => (to === undefined ? [value] : [value, to.value])),
]

const inRange = ({ start, end }: Chart, { timestamps, values, upper = [] }: Painted['series']): readonly number[] =>
  [values, upper].flatMap(edge => edge.filter((_, index) => timestamps[index]! >= start && timestamps[index]! <= end))

const plotIn = (chart: Chart, theme: Theme, box: Box, left: ValueTicks, other: ValueTicks): Plot => ({
  chart, theme, box,
  x: linear(chart.start, chart.end, box.x, right(box)),
  y: {
    left: linear(left.from, left.to, bottom(box), box.y),
    right: linear(other.from, other.to, bottom(box), box.y),
  },
})
