import { isObject } from '../../base/is-object.ts'
import type { DashboardBody, MetricWidgetProperties } from '../../model/dashboard.ts'
import { array, type Check, object, oneOf } from './body/checks.ts'
import { type Finding, Findings } from './body/findings.ts'
import { metricMembers } from './body/metric-properties.ts'
import { DASHBOARD_METRICS } from './body/metrics-array.ts'
import { end, start } from './body/time-fields.ts'
import { variables } from './body/variables.ts'
import { widget } from './body/widgets.ts'

/** What came of looking at a text: something that can be drawn, perhaps not all of it, or errors (of which the first are listed). */
type Validated<Value> =
  | { readonly kind: 'valid'; readonly value: Value; readonly warnings: readonly Finding[] }
  | { readonly kind: 'invalid'; readonly errors: readonly Finding[]; readonly errorCount: number }
  /** No JSON, or no object. */
  | { readonly kind: 'unreadable' }

/** Looks at a dashboard body as PutDashboard does. */
export const validateBody = (text: string): Validated<DashboardBody> => validated<DashboardBody>(text, body)

/** Looks at the properties of one metric widget, given as JSON text. Members that it does not know are warnings. */
export const validateMetricWidget = (text: string): Validated<MetricWidgetProperties> =>
  validated<MetricWidgetProperties>(text, metricMembers)

const validated = <Value>(text: string, check: Check): Validated<Value> => {
  const value = parsed(text)
  if (!isObject(value)) return { kind: 'unreadable' }
  const findings = new Findings()
  check(value, '', findings)
  const { errors, errorCount, warnings } = findings
  // The checks passed, so the value has the shape that they check for: the one cast of dashboards.
  return errorCount === 0 ? { kind: 'valid', value: value as Value, warnings } : { kind: 'invalid', errors, errorCount }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const members = object(
  { start, end, periodOverride: oneOf('auto', 'inherit'), widgets: array(widget, { max: 500 }), variables },
  ['widgets'],
)

const body: Check = (value, at, findings) => {
  members(value, at, findings)
  if (!isObject(value)) return
  if (typeof value['end'] === 'string' && value['start'] === undefined) {
    findings.error(at, 'Should have property start when property end is present')
  }
  const widgets = Array.isArray(value['widgets']) ? (value['widgets'] as readonly unknown[]) : []
  const count = widgets.reduce<number>((sum, item) => sum + metricsOf(item), 0)
  if (count > DASHBOARD_METRICS) findings.error(`${at}/widgets`, `Should NOT have more than ${DASHBOARD_METRICS} metrics`)
}

const metricsOf = (item: unknown): number => {
  if (!isObject(item) || item['type'] !== 'metric' || !isObject(item['properties'])) return 0
  const { metrics } = item['properties']
  return Array.isArray(metrics) ? metrics.length : 0
}
