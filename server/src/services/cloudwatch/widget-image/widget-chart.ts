import type { Chart, ChartAxis, ChartSeries, HorizontalAnnotation, VerticalAnnotation } from '../../../engines/charts/chart.ts'
import type { WidgetMarks, WidgetPresentation } from '../../../engines/dashboards/metric-widget.ts'
import { toSeconds, type EpochMillis } from '../../../base/time.ts'
import { parseTimezone } from '../data/dynamic-labels.ts'
import { isBand, withBands } from './data-lines.ts'
import type { WidgetLine } from './widget-lines.ts'
import type { WidgetRequest } from './widget-request.ts'

/** Quiet: the metric itself is what is looked at. */
export const BAND_COLOR = '#95a5a6'
/** A SEARCH may find more than anybody can tell apart. */
const MOST_LINES = 100

/** What is drawn for a widget whose queries have been answered. */
export const widgetChart = (request: WidgetRequest, presentation: WidgetPresentation, lines: readonly WidgetLine[], now: EpochMillis): Chart => {
  const { range: { start, end }, width, height, theme } = request
  const { view, title, timezone, stacked, legend, axes, annotations, sparkline, fullPrecision } = presentation
  return {
    width, height, theme, start, end, title, stacked, legend, sparkline, fullPrecision,
    view: view === 'table' ? 'timeSeries' : view,
    timezone: parseTimezone(timezone) ?? 0,
    // Over time alone a band is one thing; elsewhere its limits are two values.
    series: (view === 'timeSeries' ? withBands(lines, isOfBand) : lines).slice(0, MOST_LINES).map(line => series(line, presentation, now)),
    horizontal: annotations.horizontal.map(horizontal),
    vertical: annotations.vertical.map(vertical),
    axes: { left: axis(axes.left), right: axis(axes.right) },
  }
}

const isOfBand = ({ query: { source } }: WidgetLine): boolean => source.kind === 'expression' && isBand(source.expression)

const series = ({ query, label, timestamps, values, upper }: WidgetLine, { liveData, wholeRange }: WidgetPresentation, now: EpochMillis): ChartSeries => {
  const ended = toSeconds(now) - query.period
  const last = liveData || wholeRange ? timestamps.length : timestamps.findLastIndex(at => at <= ended) + 1
  return {
    label,
    color: query.color ?? (upper === undefined ? undefined : BAND_COLOR),
    axis: query.yAxis,
    visible: true,
    timestamps: timestamps.slice(0, last),
    values: values.slice(0, last),
    ...(upper === undefined ? {} : { upper: upper.slice(0, last) }),
    // A SEARCH or query names its period in its own text.
    period: query.source.kind === 'expression' ? Math.max(query.period, smallestStep(timestamps)) : query.period,
  }
}

const smallestStep = (timestamps: readonly number[]): number => {
  let step = Infinity
  for (let index = 1; index < timestamps.length; index++) step = Math.min(step, timestamps[index]! - timestamps[index - 1]!)
  return Number.isFinite(step) ? step : 0
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
