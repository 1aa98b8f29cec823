import type { Dimension as InputDimension } from '@aws-sdk/client-cloudwatch'
import { sortDimensions, type MetricIdentity } from '../../model/metric.ts'
import type { Fault } from '../../wire/fault.ts'

/** The metric that a request names. `refuse` says no in the words of the operation. */
export const metricIdentity = (
  metric: { readonly namespace: string; readonly name: string; readonly dimensions: readonly InputDimension[] | undefined },
  refuse: (message: string) => Fault,
): MetricIdentity => {
  const dimensions = (metric.dimensions ?? []).map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }))
  const names = new Set<string>()
  for (const { name, value } of dimensions) {
    if (names.has(name)) throw refuse(`Duplicate dimension name: ${name}`)
    names.add(name)
    if (hasControlCharacter(name) || hasControlCharacter(value)) throw refuse('Dimensions must not contain control characters.')
  }
  if (hasControlCharacter(metric.namespace)) throw refuse('The parameter Namespace must not contain control characters.')
  if (hasControlCharacter(metric.name)) throw refuse('The parameter MetricName must not contain control characters.')
  return { namespace: metric.namespace, name: metric.name, dimensions: sortDimensions(dimensions) }
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/
export const hasControlCharacter = (text: string): boolean => CONTROL.test(text)
