import { pathOf } from './lines.ts'
import type { Painted, Plot } from './plot.ts'
import { runsOf, thinned, type Run } from './runs.ts'
import { element, type Svg } from './svg.ts'

/** What lies between the two edges of a series, shaded; below everything else, since others are read against it. */
export const drawBands = (plot: Plot, painted: readonly Painted[]): Svg => painted.filter(isBand).map(one => drawBand(plot, one)).join('')

export const isBand = ({ series }: Painted): boolean => series.upper !== undefined

const drawBand = ({ chart: { start, end }, box, x, y }: Plot, { series, color }: Painted): Svg => {
  const perPixel = (end - start) / Math.max(1, box.width)
  const scale = y[series.axis]
  // Points that lack one of the edges are in neither.
  const whole = series.timestamps.map((_, index) => Number.isFinite(series.values[index]) && Number.isFinite(series.upper![index]))
  const edge = (values: readonly number[]): readonly Run[] =>
    runsOf({ ...series, values: values.map((value, index) => (whole[index] === true ? value : Number.NaN)) }, start, end)
  const upper = edge(series.upper!)
  return edge(series.values)
    .map((lower, index) => {
      const top = pathOf(thinned(upper[index]!, start, perPixel), x, scale)
      const back = pathOf(thinned(lower, start, perPixel).toReversed(), x, scale).replace('M', 'L')
      // The outline keeps a band visible that is a single point, or no wider than a line.
      return element('path', { d: `${top}${back}Z`, fill: color, 'fill-opacity': '0.25', stroke: color, 'stroke-opacity': '0.4', 'stroke-width': 1 })
    })
    .join('')
}
