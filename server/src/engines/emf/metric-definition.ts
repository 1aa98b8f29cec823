import { isObject } from '../../base/is-object.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { LogMetricSample } from '../../model/log-metric.ts'
import type { StorageResolution } from '../../model/metric-columns.ts'
import { isStorable } from '../../model/metric-limits.ts'
import { isMetricName } from '../../model/metric-names.ts'
import { isUnit, type Dimension, type Unit } from '../../model/metric.ts'
import { memberOf } from './json-object.ts'

interface Definition {
  readonly name: string
  readonly unit: Unit
  readonly resolution: StorageResolution
  readonly values: readonly number[]
}

/** Numbers in one target. */
const VALUES = 100

/** A metric with its target's values; undefined when one of them breaks a rule. */
export const definitionOf = (metric: unknown, root: Readonly<Record<string, unknown>>): Definition | undefined => {
  if (!isObject(metric)) return undefined
  const { Name: name, Unit: unit = 'None', StorageResolution: resolution = 60 } = metric
  if (typeof name !== 'string' || !isMetricName(name)) return undefined
  if (typeof unit !== 'string' || !isUnit(unit)) return undefined
  if (resolution !== 1 && resolution !== 60) return undefined
  const values = valuesOf(memberOf(root, name))
  return values === undefined ? undefined : { name, unit, resolution, values }
}

const valuesOf = (target: unknown): readonly number[] | undefined => {
  const values: readonly unknown[] = Array.isArray(target) ? target : [target]
  if (values.length === 0 || values.length > VALUES) return undefined
  return values.every((value): value is number => typeof value === 'number' && isStorable(value)) ? values : undefined
}

export const sampleOf = (
  { name, unit, resolution, values }: Definition,
  { namespace, dimensions, timestamp }: { readonly namespace: string; readonly dimensions: readonly Dimension[]; readonly timestamp: EpochMillis },
): LogMetricSample => ({ metric: { namespace, name, dimensions }, unit, values, timestamp, resolution })
