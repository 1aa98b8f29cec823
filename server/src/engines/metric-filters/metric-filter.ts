import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis, EpochSeconds } from '../../base/time.ts'
import { toMillis } from '../../base/time.ts'
import type { LogMetricSample } from '../../model/log-metric.ts'
import { isStorable } from '../../model/metric-limits.ts'
import { isDimensionValue } from '../../model/metric-names.ts'
import { sortDimensions, type Dimension } from '../../model/metric.ts'
import { numberIn } from '../patterns/comparison.ts'
import type { FilterPattern } from '../patterns/filter-pattern.ts'
import type { LogLine } from '../patterns/log-line.ts'
import type { Transformation } from './transformation.ts'

/** What a filter makes of an event: nothing, as it does not match; nothing, though it matches; a sample. */
export type FilterOutcome = 'no match' | 'no value' | LogMetricSample

export interface MetricFilter {
  /**
   * `timestamp` is the event's. An event that matches gives no sample when its value is no number, or when one of the fields
   * that make dimensions is missing or cannot be a dimension's value.
   */
  ask(line: LogLine, timestamp: EpochMillis): FilterOutcome
  /** What is reported for a minute in which events came and none matched; undefined: nothing. */
  defaultFor(minute: EpochSeconds): LogMetricSample | undefined
}

/** `source` is whose log group it is: what the system fields `@aws.account` and `@aws.region` say. */
export const compileMetricFilter = (pattern: FilterPattern, transformation: Transformation, source: Tenant): MetricFilter => {
  const { namespace, name, unit, value, defaultValue } = transformation
  const system = transformation.systemDimensions.map(
    (field): Dimension => ({ name: field, value: field === '@aws.account' ? source.account : source.region }),
  )
  const sample = (dimensions: readonly Dimension[], sampled: number, timestamp: EpochMillis): LogMetricSample =>
    ({ metric: { namespace, name, dimensions }, unit, values: [sampled], timestamp, resolution: 60 })
  return {
    ask: (line, timestamp) => {
      if (!pattern.matches(line)) return 'no match'
      const sampled = typeof value === 'number' ? value : numberOf(value(line))
      const dimensions = sampled === undefined ? undefined : dimensionsOf(transformation, system, line)
      return sampled === undefined || dimensions === undefined ? 'no value' : sample(dimensions, sampled, timestamp)
    },
    defaultFor: minute => (defaultValue === undefined ? undefined : sample(sortDimensions(system), defaultValue, toMillis(minute))),
  }
}

const numberOf = (text: string | undefined): number | undefined => {
  const number = text === undefined ? undefined : numberIn(text)
  return number !== undefined && isStorable(number) ? number : undefined
}

const dimensionsOf = (transformation: Transformation, system: readonly Dimension[], line: LogLine): readonly Dimension[] | undefined => {
  const dimensions = [...system]
  for (const { name, value } of transformation.dimensions) {
    const text = value(line)
    if (text === undefined || !isDimensionValue(text)) return undefined
    dimensions.push({ name, value: text })
  }
  return sortDimensions(dimensions)
}
