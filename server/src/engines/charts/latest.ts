import type { ChartSeries } from './chart.ts'

/** The newest value, which pictures of single values show; undefined without data. */
export const latest = ({ values }: ChartSeries): number | undefined => values.findLast(value => Number.isFinite(value))
