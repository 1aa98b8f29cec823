import type { Chart, ChartAxis, ChartSeries, HorizontalAnnotation, VerticalAnnotation } from '../../../../server/src/engines/charts/chart.ts'
import type { WidgetMarks, WidgetPresentation } from '../../../../server/src/engines/dashboards/metric-widget.ts'
import type { WidgetLine } from './read-widgets.ts'

interface Frame {
  readonly start: number
  readonly end: number
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  /** Minutes ahead of UTC. */
  readonly timezone: number
  /** Epoch seconds. */
  readonly now: number
}

/** A SEARCH may find more than anybody can tell apart. */
const MOST_LINES = 100
const BAND = /^\s*ANOMALY_DETECTION_BAND\s*\(/
/** Quiet: the metric itself is what is looked at. */
const BAND_COLOR = '#95a5a6'

/** The picture of an answered widget; its title stands above it in the page. */
export const chartOf = (presentation: WidgetPresentation, lines: readonly WidgetLine[], { now, ...frame }: Frame): Chart => {
  const { view, stacked, legend, axes, annotations, sparkline, fullPrecision } = presentation
  return {
    ...frame, stacked, legend, sparkline, fullPrecision, title: undefined,
    view: view === 'table' ? 'timeSeries' : view,
    series: shownLines(presentation, lines, now),
    horizontal: annotations.horizontal.map(horizontal),
    vertical: annotations.vertical.map(vertical),
    axes: { left: axis(axes.left), right: axis(axes.right) },
  }
}

/** What is drawn of the lines: without the period that is not over, and the two edges of a band as one. */
export const shownLines = ({ view, liveData, wholeRange }: WidgetPresentation, lines: readonly WidgetLine[], now: number): readonly ChartSeries[] => {
  const series: (ChartSeries & { readonly id: string })[] = []
  for (const { query, label, points } of lines.slice(0, MOST_LINES)) {
    const over = liveData || wholeRange ? points : points.filter(({ at }) => at + query.period <= now)
    const before = series.at(-1)
    const edge = view === 'timeSeries' && query.source.kind === 'expression' && BAND.test(query.source.expression)
    if (edge && before?.id === query.id && before.upper === undefined) {
      const upper = new Map(over.map(({ at, value }) => [at, value]))
      series.splice(-1, 1, {
        ...before, color: query.color ?? BAND_COLOR, label: before.label === label ? label : before.label.replace(': lower)', ')'),
        upper: before.timestamps.map(at => upper.get(at) ?? Number.NaN),
      })
      continue
    }
    series.push({
      id: query.id, label, color: query.color, axis: query.yAxis, visible: true,
      timestamps: over.map(({ at }) => at), values: over.map(({ value }) => value),
      // A SEARCH or query names its period in its own text.
      period: query.source.kind === 'expression' ? Math.max(query.period, smallestStep(over.map(({ at }) => at))) : query.period,
    })
  }
  return series
}

const smallestStep = (times: readonly number[]): number => {
  const steps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  return steps.length === 0 ? 0 : steps.reduce((a, b) => Math.min(a, b))
}

const horizontal = (mark: WidgetMarks['horizontal'][number]): HorizontalAnnotation =>
  mark.kind === 'line'
    ? { value: mark.value, label: mark.label, color: mark.color, axis: mark.yAxis, fill: mark.fill, to: undefined }
    : { value: mark.from.value, label: mark.from.label, color: mark.color, axis: mark.yAxis, fill: 'none', to: mark.to }

const vertical = (mark: WidgetMarks['vertical'][number]): VerticalAnnotation =>
  mark.kind === 'line'
    ? { at: mark.at, label: mark.label, color: mark.color, fill: mark.fill, to: undefined }
    : { at: mark.from.value, label: mark.from.label, color: mark.color, fill: 'none', to: { at: mark.to.value, label: mark.to.label } }

const axis = ({ label, min, max }: WidgetPresentation['axes']['left']): ChartAxis => ({ label, min, max, unit: undefined })

/** Minutes ahead of UTC of `±HHMM`, or of the viewer at `at` (epoch seconds) where a widget names no zone. */
export const zoneMinutes = (zone: string | undefined, at: number): number => {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone ?? '') ?? []
  if (sign === undefined) return -new Date(at * 1000).getTimezoneOffset()
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
