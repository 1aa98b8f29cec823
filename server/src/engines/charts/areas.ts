import type { AxisSide, Chart, ChartSeries } from './chart.ts'
import { pathOf } from './lines.ts'
import type { Painted, Plot } from './plot.ts'
import { runsOf, thinned, type Dot, type Run } from './runs.ts'
import { element, type Svg } from './svg.ts'

/** One layer of a stack: its lower and upper edge at the same times. */
interface Layer extends Painted {
  readonly lower: Run
  readonly upper: Run
}

/** Series piled on each other, each axis its own pile. A series without data adds nothing there. */
export const drawAreas = (plot: Plot, painted: readonly Painted[]): Svg =>
  (['left', 'right'] as const).flatMap(side => layersOf(plot.chart, painted, side).map(layer => drawLayer(plot, layer))).join('')

/** The tops of the piles, for the axis to hold. */
export const stackedValues = (chart: Chart, painted: readonly Painted[], side: AxisSide): readonly number[] =>
  layersOf(chart, painted, side).flatMap(({ upper }) => upper.map(({ value }) => value))

const layersOf = ({ start, end }: Chart, painted: readonly Painted[], side: AxisSide): readonly Layer[] => {
  const piled = painted.filter(({ series }) => series.axis === side)
  const times = [...new Set(piled.flatMap(({ series }) => series.timestamps.filter(at => at >= start && at <= end)))].sort((a, b) => a - b)
  let lower: Run = times.map(at => ({ at, value: 0 }))
  return piled.map(one => {
    const added = resampled(one.series, times, start, end)
    const upper = lower.map(({ at, value }, index) => ({ at, value: value + added[index]! }))
    const layer = { ...one, lower, upper }
    lower = upper
    return layer
  })
}

/** The series at each of the times: straight between neighbours of one run, nothing where data are missing. */
const resampled = (series: ChartSeries, times: readonly number[], start: number, end: number): readonly number[] => {
  const values = times.map(() => 0)
  let next = 0
  for (const run of runsOf(series, start, end)) {
    while (next < times.length && times[next]! < run[0]!.at) next++
    for (let from = 0; next < times.length && times[next]! <= run.at(-1)!.at; next++) {
      while (from + 1 < run.length && run[from + 1]!.at <= times[next]!) from++
      values[next] = between(run[from]!, run[from + 1], times[next]!)
    }
  }
  return values
}

const between = (left: Dot, right: Dot | undefined, at: number): number =>
  right === undefined || right.at === left.at ? left.value : left.value + ((right.value - left.value) * (at - left.at)) / (right.at - left.at)

const drawLayer = ({ chart: { start, end }, box, x, y }: Plot, { series, color, lower, upper }: Layer): Svg => {
  const perPixel = (end - start) / Math.max(1, box.width)
  const scale = y[series.axis]
  const top = thinned(upper, start, perPixel)
  if (top.length === 0) return ''
  if (top.length === 1) return element('circle', { cx: x(top[0]!.at), cy: scale(top[0]!.value), r: 2.5, fill: color })
  const edge = pathOf(top, x, scale)
  const back = pathOf(thinned(lower, start, perPixel).toReversed(), x, scale).replace('M', 'L')
  const line = { fill: 'none', stroke: color, 'stroke-width': 1.5, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }
  return element('path', { d: `${edge}${back}Z`, fill: color, 'fill-opacity': '0.45' }) + element('path', { d: edge, ...line })
}
