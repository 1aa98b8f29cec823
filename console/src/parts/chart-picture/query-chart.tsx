import { useCallback, useMemo } from 'react'
import type { Chart, ChartAxis } from '../../../../server/src/engines/charts/chart.ts'
import type { Drawable } from '../../words/query-chart.ts'
import { zoneMinutes } from '../../words/zone-minutes.ts'
import { type ChartBox, ChartPicture } from './chart-picture.tsx'

export type QueryView = 'timeSeries' | 'bar' | 'pie'

interface Props {
  readonly title: string
  readonly drawable: Drawable
  readonly view: QueryView
  readonly stacked: boolean
  /** Epoch seconds. */
  readonly start: number
  readonly end: number
  readonly onZoom: (start: number, end: number) => void
}

const AXIS: ChartAxis = { label: undefined, min: 0, max: undefined, unit: undefined }
const FREE: ChartAxis = { ...AXIS, min: undefined }

/** A query's answer as a picture. */
export const QueryChart = ({ title, drawable, view, stacked, start, end, onZoom }: Props) => {
  const series = useMemo(() => drawable.lines.map((line): Chart['series'][number] => ({
    label: line.label, color: undefined, axis: 'left', visible: true, timestamps: line.timestamps, values: line.values, period: stepOf(drawable),
  })), [drawable])
  const chartIn = useCallback((box: ChartBox): Chart => {
    const left = series.some(({ values }) => values.some(value => value < 0)) ? FREE : AXIS
    return {
      ...box, view, stacked, start, end, series, title: undefined, timezone: zoneMinutes(undefined, end), horizontal: [], vertical: [],
      axes: { left, right: FREE }, legend: 'bottom', sparkline: false, fullPrecision: false,
    }
  }, [series, view, stacked, start, end])
  return <ChartPicture title={title} chartIn={chartIn} onZoom={onZoom} />
}

/** The shortest distance between two times: the step of the query's bin(). */
const stepOf = ({ lines }: Drawable): number => {
  const times = [...new Set(lines.flatMap(({ timestamps }) => timestamps))].sort((a, b) => a - b)
  const steps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  return steps.length === 0 ? 0 : steps.reduce((a, b) => Math.min(a, b))
}
