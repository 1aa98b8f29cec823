import { isStorable } from '../../model/metric-limits.ts'
import { isDimensionName, isMetricName, isNamespace } from '../../model/metric-names.ts'
import { isUnit, type Unit } from '../../model/metric.ts'
import { numberIn } from '../patterns/comparison.ts'
import type { FilterPattern, Selector } from '../patterns/filter-pattern.ts'

/** What PutMetricFilter takes besides the pattern; its members' lengths and patterns have been checked against AWS's model. */
export interface TransformationInput {
  readonly metricName?: string | undefined
  readonly metricNamespace?: string | undefined
  readonly metricValue?: string | undefined
  readonly defaultValue?: number | undefined
  readonly dimensions?: Readonly<Record<string, string>> | undefined
  readonly unit?: string | undefined
}

/** How a matching event becomes a sample. */
export interface Transformation {
  readonly namespace: string
  readonly name: string
  readonly unit: Unit
  readonly value: number | Selector
  readonly defaultValue: number | undefined
  readonly dimensions: readonly { readonly name: string; readonly value: Selector }[]
  readonly systemDimensions: readonly SystemField[]
}

const SYSTEM_FIELDS = ['@aws.account', '@aws.region'] as const
type SystemField = (typeof SYSTEM_FIELDS)[number]
const isSystemField = (text: string): text is SystemField => (SYSTEM_FIELDS as readonly string[]).includes(text)

/** Dimensions of a metric filter, system fields among them. */
const DIMENSIONS = 3

/** Why PutMetricFilter refuses a transformation: the message of its InvalidParameterException. */
export class TransformationProblem extends Error {
  override readonly name = 'TransformationProblem'
}

/** Throws `TransformationProblem`. `systemFields` is `emitSystemFieldDimensions`. */
export const readTransformation = (
  input: TransformationInput, pattern: FilterPattern, systemFields: readonly string[] = [],
): Transformation => {
  const { metricNamespace: namespace = '', metricName: name = '', metricValue = '', unit = 'None', defaultValue } = input
  // AWS's own words are not known for these four, nor for the number of dimensions.
  if (!isNamespace(namespace)) throw invalid('metric namespace is not valid')
  if (namespace.startsWith('AWS/')) throw new TransformationProblem('Metric namespaces starting with AWS/ are reserved for AWS.')
  if (!isMetricName(name)) throw invalid('metric name is not valid')
  if (!isUnit(unit)) throw invalid('unit is not valid')
  if (defaultValue !== undefined && !isStorable(defaultValue)) throw invalid('default value must be a valid number')
  const dimensions = Object.entries(input.dimensions ?? {})
  if (dimensions.length > 0 && pattern.kind === 'terms') throw new TransformationProblem('The specified filter pattern does not support dimensions')
  if (dimensions.length > 0 && defaultValue !== undefined) throw invalid('dimensions and default value are mutually exclusive properties')
  const systemDimensions = readSystemFields(systemFields)
  if (dimensions.length + systemDimensions.length > DIMENSIONS) throw invalid(`a metric filter has at most ${DIMENSIONS} dimensions`)
  return {
    namespace,
    name,
    unit,
    value: readValue(metricValue, pattern),
    defaultValue,
    dimensions: dimensions.map(([dimension, selector]) => readDimension(dimension, selector, pattern)),
    systemDimensions,
  }
}

const invalid = (what: string): TransformationProblem => new TransformationProblem(`Invalid metric transformation: ${what}`)

const readValue = (text: string, pattern: FilterPattern): number | Selector => {
  const value = text.startsWith('$') ? pattern.selector(text) : numberIn(text)
  if (value === undefined || (typeof value === 'number' && !isStorable(value))) {
    throw invalid('metric value must be a valid number or a selector of the filter pattern')
  }
  return value
}

const readDimension = (name: string, text: string, pattern: FilterPattern): Transformation['dimensions'][number] => {
  if (!isDimensionName(name)) throw invalid('dimension name is not valid')
  const value = pattern.selector(text)
  if (value === undefined) throw invalid('dimension value must be valid selector')
  return { name, value }
}

const readSystemFields = (fields: readonly string[]): readonly SystemField[] => {
  const known = fields.filter(isSystemField)
  if (known.length < fields.length || new Set(known).size < known.length) {
    throw new TransformationProblem(`emitSystemFieldDimensions may hold ${SYSTEM_FIELDS.join(' and ')}, each once`)
  }
  return known
}
