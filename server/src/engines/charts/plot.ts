import type { Box } from './box.ts'
import type { AxisSide, Chart, ChartSeries } from './chart.ts'
import type { Scale } from './scale.ts'
import type { Theme } from './theme.ts'

/** A series with the colour that it has in this picture. */
export interface Painted {
  readonly series: ChartSeries
  readonly color: string
}

/** Where data are drawn, and how times and values become places. */
export interface Plot {
  readonly chart: Chart
  readonly theme: Theme
  readonly box: Box
  readonly x: Scale
  readonly y: Readonly<Record<AxisSide, Scale>>
}
