import { metricWidget, type MetricWidget } from '../../../../server/src/engines/dashboards/metric-widget.ts'
import { timeRange } from '../../../../server/src/engines/dashboards/time-range.ts'
import { epochMillis, epochSeconds, seconds } from '../../../../server/src/base/time.ts'
import type { DashboardBody, MetricWidgetProperties } from '../../../../server/src/model/dashboard.ts'
import { type Range, window } from '../../words/ranges.ts'
import { zoneMinutes } from '../../words/zone-minutes.ts'

/** `saved`: as the dashboard says; `auto`: by the range; `inherit`: as each widget says; or the same one for all, in seconds. */
export type PeriodChoice = 'saved' | 'auto' | 'inherit' | number

/** A metric widget made ready for a range, in epoch seconds. */
export interface Prepared {
  readonly widget: MetricWidget
  readonly region: string
  readonly start: number
  readonly end: number
  readonly timezone: number
}

interface View {
  /** Undefined: the dashboard's own. */
  readonly range: Range | undefined
  readonly periods: PeriodChoice
  /** Epoch seconds. */
  readonly now: number
  readonly region: string
}

/** Makes the metric widgets of a dashboard ready, one by one. */
export const prepareWidgets = (body: DashboardBody, view: View) =>
  (properties: MetricWidgetProperties): Prepared => {
    const { start, end } = rangeOf(body, properties, view)
    const periods = typeof view.periods === 'number' ? 'inherit' : view.periods === 'saved' ? (body.periodOverride ?? 'auto') : view.periods
    const made = metricWidget(properties, { start: epochSeconds(start), end: epochSeconds(end), now: epochSeconds(view.now), periods })
    return {
      widget: typeof view.periods === 'number' ? inPeriods(made, view.periods) : made,
      region: properties.region ?? view.region, start, end, timezone: zoneMinutes(properties.timezone, end),
    }
  }

/** What stretch of time widgets without a range of their own show. */
export const boardRange = (body: DashboardBody, range: Range | undefined, now: number): { readonly start: number; readonly end: number } =>
  range === undefined ? (timeRange(epochMillis(now * 1000), body.start, body.end) ?? window({ kind: 'last', seconds: 10_800 }, now)) : window(range, now)

/** A widget's own range stands; then what was chosen in the page; then what the dashboard says. */
const rangeOf = (body: DashboardBody, own: MetricWidgetProperties, { range, now }: View): { readonly start: number; readonly end: number } => {
  const at = epochMillis(now * 1000)
  const fixed = own.start === undefined ? undefined : timeRange(at, own.start, own.end)
  return fixed ?? boardRange(body, range, now)
}

const inPeriods = (widget: MetricWidget, period: number): MetricWidget =>
  widget.presentation.wholeRange ? widget : { ...widget, queries: widget.queries.map(query => ({ ...query, period: seconds(period) })) }
