import type { Painted, Plot } from './plot.ts'
import { runsOf, thinned, type Run } from './runs.ts'
import { element, pixels, type Svg } from './svg.ts'

/** A line for each series, broken where data are missing; a point without neighbours is a dot. */
export const drawLines = (plot: Plot, painted: readonly Painted[]): Svg => {
  const width = painted.length > 12 ? 1.2 : 2
  return painted.map(one => drawLine(plot, one, width)).join('')
}

const drawLine = (plot: Plot, { series, color }: Painted, width: number): Svg => {
  const { chart: { start, end }, box, x } = plot
  const y = plot.y[series.axis]
  const perPixel = (end - start) / Math.max(1, box.width)
  const runs = runsOf(series, start, end)
  const path = runs.filter(run => run.length > 1).map(run => pathOf(thinned(run, start, perPixel), x, y)).join('')
  const dots = runs.filter(run => run.length === 1).map(([dot]) => element('circle', { cx: x(dot!.at), cy: y(dot!.value), r: width + 0.5, fill: color }))
  const line = { d: path, fill: 'none', stroke: color, 'stroke-width': width, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }
  return (path === '' ? '' : element('path', line)) + dots.join('')
}

/** `M1,2L3,4` */
export const pathOf = (run: Run, x: Plot['x'], y: Plot['x']): string =>
  run.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${pixels(x(at))},${pixels(y(value))}`).join('')
