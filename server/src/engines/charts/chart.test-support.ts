import type { Chart, ChartAxis, ChartSeries } from './chart.ts'

/** 2026-11-21T12:00:00Z */
export const NOON = 1_795_262_400

const axis: ChartAxis = { label: undefined, min: undefined, max: undefined, unit: undefined }

/** A chart of one hour before noon, 300 × 200. */
export const chartOf = (change: Partial<Chart> = {}): Chart => ({
  view: 'timeSeries',
  width: 300,
  height: 200,
  theme: 'light',
  title: undefined,
  start: NOON - 3600,
  end: NOON,
  timezone: 0,
  stacked: false,
  series: [],
  horizontal: [],
  vertical: [],
  axes: { left: axis, right: axis },
  legend: 'bottom',
  sparkline: false,
  fullPrecision: false,
  ...change,
})

/** Five-minute points from 11:00 on; null where data are missing. */
export const seriesOf = (label: string, values: readonly (number | null)[], change: Partial<ChartSeries> = {}): ChartSeries => {
  const points = values.flatMap((value, index) => (value === null ? [] : [{ at: NOON - 3600 + index * 300, value }]))
  return {
    label,
    color: undefined,
    axis: 'left',
    visible: true,
    timestamps: points.map(({ at }) => at),
    values: points.map(({ value }) => value),
    period: 300,
    ...change,
  }
}
