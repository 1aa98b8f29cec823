import type { Chart, ChartAxis, ChartSeries, HorizontalAnnotation, VerticalAnnotation } from '../charts/chart.ts'
import { BAND_COLOR, isBand, withBands, type DataLine } from './bands.ts'
import type { WidgetMarks, WidgetPresentation, WidgetQuery } from './metric-widget.ts'

/** One answered line of a widget. */
export interface WidgetLine extends DataLine {
  readonly query: WidgetQuery
}

interface Frame extends Pick<Chart, 'start' | 'end' | 'width' | 'height' | 'theme' | 'timezone' | 'title'> {
  /** Epoch seconds. */
  readonly now: number
}

/** A SEARCH may find more than anybody can tell apart. */
const MOST_LINES = 100

/** What is drawn for a widget whose queries have been answered. */
export const widgetChart = (presentation: WidgetPresentation, lines: readonly WidgetLine[], { now, ...frame }: Frame): Chart => {
  const { view, stacked, legend, axes, annotations, sparkline, fullPrecision, trend, valueLabels } = presentation
  return {
    ...frame, stacked, legend, sparkline, fullPrecision, trend, valueLabels,
    view: view === 'table' ? 'timeSeries' : view,
    series: widgetSeries(presentation, lines, now),
    horizontal: annotations.horizontal.map(horizontal),
    vertical: annotations.vertical.map(vertical),
    axes: { left: axis(axes.left), right: axis(axes.right) },
  }
}

/** What is shown of the lines: without the period that is not over, and the two edges of a band as one. */
export const widgetSeries = (presentation: WidgetPresentation, lines: readonly WidgetLine[], now: number): readonly ChartSeries[] =>
  // Over time alone a band is one thing; elsewhere its limits are two values.
  (presentation.view === 'timeSeries' ? withBands(lines, isOfBand) : lines).slice(0, MOST_LINES).map(line => series(line, presentation, now))

const isOfBand = ({ query: { source } }: WidgetLine): boolean => source.kind === 'expression' && isBand(source.expression)

const series = ({ query, label, timestamps, values, upper }: WidgetLine, { liveData, wholeRange }: WidgetPresentation, now: number): ChartSeries => {
  const last = liveData || wholeRange ? timestamps.length : timestamps.findLastIndex(at => at + query.period <= now) + 1
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
