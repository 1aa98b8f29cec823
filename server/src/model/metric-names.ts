import { MAX_DIMENSIONS } from './metric-limits.ts'
import { sortDimensions, type Dimension, type MetricIdentity } from './metric.ts'

/** Printable ASCII only. */
const PLAIN = /^[\x20-\x7e]*$/
/** C0, DEL and C1. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x1f\x7f-\x9f]/

export const MAX_NAME = 255
export const MAX_DIMENSION_VALUE = 1024

const isPlain = (text: string): boolean => PLAIN.test(text)
export const isBlank = (text: string): boolean => text.trim() === ''

export const isNamespace = (text: string): boolean =>
  text.length >= 1 && text.length <= MAX_NAME && isPlain(text) && !text.startsWith(':') && !isBlank(text)

/** Metric names may hold any character but control characters, and must be storable as UTF-8. */
export const isMetricName = (text: string): boolean =>
  text.length >= 1 && text.length <= MAX_NAME && !CONTROL.test(text) && text.isWellFormed() && !isBlank(text)

export const isDimensionName = (text: string): boolean =>
  text.length >= 1 && text.length <= MAX_NAME && isPlain(text) && !text.startsWith(':') && !isBlank(text)

export const isDimensionValue = (text: string): boolean =>
  text.length >= 1 && text.length <= MAX_DIMENSION_VALUE && isPlain(text) && !isBlank(text)

/** The metric, or undefined when any of its parts breaks a rule. */
export const metricOf = (namespace: string, name: string, dimensions: readonly Dimension[]): MetricIdentity | undefined => {
  if (!isMetricName(name) || dimensions.length > MAX_DIMENSIONS) return undefined
  const seen = new Set<string>()
  for (const dimension of dimensions) {
    if (!isDimensionName(dimension.name) || !isDimensionValue(dimension.value) || seen.has(dimension.name)) return undefined
    seen.add(dimension.name)
  }
  return { namespace, name, dimensions: sortDimensions(dimensions) }
}
