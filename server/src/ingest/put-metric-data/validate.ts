import type { Entity, EntityMetricData, MetricDatum, PutMetricDataCommandInput, StatisticSet } from '@aws-sdk/client-cloudwatch'
import type { MetricColumns, SeriesNumbers } from '../../model/metric-columns.ts'
import type { EntityFailure } from '../../model/entity.ts'
import type { AdmitPut, DecodedPut, PutRequest } from '../../model/metric-intake.ts'
import { FUTURE_MILLIS, isStorable, MAX_DIMENSIONS, PAST_MILLIS } from '../../model/metric-limits.ts'
import {
  isBlank, isDimensionName, isDimensionValue, isMetricName, isNamespace, MAX_DIMENSION_VALUE, MAX_NAME, metricOf,
} from '../../model/metric-names.ts'
import { isUnit, UNITS, type Unit } from '../../model/metric.ts'
import { Fault } from '../../wire/fault.ts'
import { Datum, HAS_COUNTS, HAS_SET, HAS_VALUE, HAS_VALUES, isCount, isSampleCount } from './datum.ts'
import { metricEntityFailure } from './entity.ts'
import { MAX_DATUMS, MAX_ENTITIES, MAX_VALUES } from './limits.ts'
import { Violations } from './violations.ts'

/**
 * Checks a request that was decoded into objects, with CloudWatch's codes and texts, and appends its rows to `columns` when
 * nothing at all is wrong with it (all or nothing).
 */
export const validate = (
  input: PutMetricDataCommandInput, request: PutRequest, series: SeriesNumbers, columns: MetricColumns, admit: AdmitPut,
): DecodedPut => {
  const violations = new Violations()
  checkNamespace(input.Namespace, violations)
  const entities = input.EntityMetricData ?? []
  const datums = listDatums(input.MetricData ?? [], entities)
  if (datums.length === 0) violations.missing('MetricData')
  if (datums.length > MAX_DATUMS) violations.invalid(`The collection MetricData must not have a size greater than ${MAX_DATUMS}.`)
  else for (const { path, datum } of datums) checkDatum(path, datum, request.receivedAt, violations)
  const failureMessage = checkEntities(input, entities, violations)
  violations.settle()

  const namespace = input.Namespace!
  admit(namespace)
  const row = new Datum()
  for (const { path, datum } of datums) {
    const dimensions = (datum.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name!, value: Value! }))
    const metric = metricOf(namespace, datum.MetricName!, dimensions)
    fill(row, datum)
    const unit: Unit = UNITS[row.unit]!
    if (metric === undefined || !row.write(columns, series.number(request.tenant, metric, unit), request.receivedAt)) {
      // Cannot happen while the checks above say all that the writing itself refuses; a request is never stored in part.
      throw new Fault('InvalidParameterValue', `The value for parameter ${path} is invalid.`, { shape: 'InvalidParameterValueException' })
    }
  }
  return { namespace, failureMessage }
}

interface PlacedDatum {
  readonly path: string
  readonly datum: MetricDatum
}

const listDatums = (plain: readonly MetricDatum[], entities: readonly EntityMetricData[]): readonly PlacedDatum[] => {
  const datums: PlacedDatum[] = plain.map((datum, index) => ({ path: `MetricData.member.${index + 1}`, datum }))
  for (const [index, entity] of entities.entries()) {
    for (const [inner, datum] of (entity.MetricData ?? []).entries()) {
      datums.push({ path: `EntityMetricData.member.${index + 1}.MetricData.member.${inner + 1}`, datum })
    }
  }
  return datums
}

const checkNamespace = (namespace: string | undefined, violations: Violations): void => {
  if (namespace === undefined || namespace === '') violations.missing('Namespace')
  else if (namespace.length > MAX_NAME) violations.tooLong('Namespace', MAX_NAME)
  else if (namespace.startsWith(':')) violations.invalid('The value for parameter Namespace must not start with a colon.')
  else if (!isNamespace(namespace)) violations.value(namespace, 'Namespace')
}

const checkDatum = (path: string, datum: MetricDatum, receivedAt: number, violations: Violations): void => {
  const name = datum.MetricName
  if (name === undefined || name === '') violations.missing(`${path}.MetricName`)
  else if (name.length > MAX_NAME) violations.tooLong(`${path}.MetricName`, MAX_NAME)
  else if (!isMetricName(name)) violations.value(name, `${path}.MetricName`)
  checkDimensions(`${path}.Dimensions`, datum, violations)
  checkTimestamp(`${path}.Timestamp`, datum.Timestamp, receivedAt, violations)
  if (datum.Unit !== undefined && !isUnit(datum.Unit)) {
    violations.invalid(`The parameter ${path}.Unit must be a value in the set [ ${UNITS.join(', ')} ].`)
  }
  const resolution = datum.StorageResolution
  if (resolution !== undefined && resolution !== 1 && resolution !== 60) {
    violations.invalid(`The parameter ${path}.StorageResolution must be a value in the set [ 1, 60 ].`)
  }
  checkContent(path, datum, violations)
}

const checkDimensions = (path: string, datum: MetricDatum, violations: Violations): void => {
  const dimensions = datum.Dimensions ?? []
  if (dimensions.length > MAX_DIMENSIONS) {
    violations.invalid(`The collection ${path} must not have a size greater than ${MAX_DIMENSIONS}.`)
    return
  }
  for (const [index, { Name: name, Value: value }] of dimensions.entries()) {
    const member = `${path}.member.${index + 1}`
    if (name === undefined || name === '') violations.missing(`${member}.Name`)
    else if (name.length > MAX_NAME) violations.tooLong(`${member}.Name`, MAX_NAME)
    else if (!isDimensionName(name)) violations.value(name, `${member}.Name`)
    if (value === undefined || value === '' || isBlank(value)) violations.missing(`${member}.Value`)
    else if (value.length > MAX_DIMENSION_VALUE) violations.tooLong(`${member}.Value`, MAX_DIMENSION_VALUE)
    else if (!isDimensionValue(value)) violations.value(value, `${member}.Value`)
  }
  const names = dimensions.map(({ Name }) => Name).filter(name => name !== undefined)
  if (new Set(names).size < names.length) violations.invalid('No metric may specify the same dimension name twice.')
}

const checkTimestamp = (path: string, timestamp: Date | undefined, receivedAt: number, violations: Violations): void => {
  if (timestamp === undefined) return
  const at = timestamp.getTime()
  if (!(at >= receivedAt - PAST_MILLIS)) violations.invalid(`The parameter ${path} must specify a time within the past two weeks.`)
  else if (at > receivedAt + FUTURE_MILLIS) {
    violations.invalid(`The parameter ${path} must specify a time no more than two hours in the future.`)
  }
}

const checkContent = (path: string, datum: MetricDatum, violations: Violations): void => {
  const { Value: value, Values: values, Counts: counts, StatisticValues: set } = datum
  if (value !== undefined && values !== undefined) violations.exclusive(`${path}.Value`, `${path}.Values`)
  else if (value !== undefined && set !== undefined) violations.exclusive(`${path}.Value`, `${path}.StatisticValues`)
  else if (values !== undefined && set !== undefined) violations.exclusive(`${path}.Values`, `${path}.StatisticValues`)
  else if (counts !== undefined && values === undefined) {
    violations.combination(`The parameter ${path}.Counts must be used together with ${path}.Values.`)
  } else if (value === undefined && set === undefined && (values === undefined || values.length === 0)) {
    violations.combination(
      `At least one of the parameters ${path}.Value, ${path}.Values and ${path}.StatisticValues must be specified.`,
    )
  }
  if (value !== undefined && !isStorable(value)) violations.value(value, `${path}.Value`)
  if (values !== undefined) checkValues(path, values, counts, violations)
  if (set !== undefined) checkSet(`${path}.StatisticValues`, set, violations)
}

const checkValues = (path: string, values: readonly number[], counts: readonly number[] | undefined, violations: Violations): void => {
  if (values.length > MAX_VALUES) violations.invalid(`The collection ${path}.Values must not have a size greater than ${MAX_VALUES}.`)
  if (counts !== undefined && counts.length !== values.length) {
    violations.invalid(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`)
  }
  for (const [index, value] of values.slice(0, MAX_VALUES).entries()) {
    if (!isStorable(value)) violations.value(value, `${path}.Values.member.${index + 1}`)
  }
  for (const [index, count] of (counts ?? []).slice(0, MAX_VALUES).entries()) {
    if (!isCount(count)) violations.value(count, `${path}.Counts.member.${index + 1}`)
  }
}

const checkSet = (path: string, set: StatisticSet, violations: Violations): void => {
  for (const member of ['SampleCount', 'Sum', 'Minimum', 'Maximum'] as const) {
    const value = set[member]
    if (value === undefined) violations.missing(`${path}.${member}`)
    else if (!(member === 'SampleCount' ? isSampleCount(value) : isStorable(value))) violations.value(value, `${path}.${member}`)
  }
  if (set.Minimum !== undefined && set.Maximum !== undefined && set.Minimum > set.Maximum) {
    violations.invalid(`The parameter ${path}.Maximum must be greater than ${path}.Minimum.`)
  }
}

const checkEntities = (
  input: PutMetricDataCommandInput,
  entities: readonly EntityMetricData[],
  violations: Violations,
): EntityFailure | undefined => {
  if (input.EntityMetricData === undefined) return undefined
  if (input.StrictEntityValidation === undefined) violations.missing('StrictEntityValidation')
  const failure = entities.length > MAX_ENTITIES ? 'EntitySizeTooLarge' : firstFailure(entities.map(({ Entity: entity }) => entity))
  if (failure === undefined) return undefined
  if (input.StrictEntityValidation === true) violations.invalid(`The entity is not valid: ${failure}.`)
  return failure
}

const firstFailure = (entities: readonly (Entity | undefined)[]): EntityFailure | undefined => {
  for (const entity of entities) {
    const failure = metricEntityFailure(entity)
    if (failure !== undefined) return failure
  }
  return undefined
}

const fill = (row: Datum, datum: MetricDatum): void => {
  row.clear()
  if (datum.Unit !== undefined) row.unit = (UNITS as readonly string[]).indexOf(datum.Unit)
  row.storageResolution = datum.StorageResolution ?? 60
  row.timestamp = datum.Timestamp?.getTime() ?? NaN
  if (datum.Value !== undefined) {
    row.has |= HAS_VALUE
    row.value = datum.Value
  }
  if (datum.Values !== undefined) {
    row.has |= HAS_VALUES
    row.values.set(datum.Values)
    row.valueCount = datum.Values.length
  }
  if (datum.Counts !== undefined) {
    row.has |= HAS_COUNTS
    row.counts.set(datum.Counts)
    row.countCount = datum.Counts.length
  }
  const set = datum.StatisticValues
  if (set !== undefined) {
    row.has |= HAS_SET
    row.sampleCount = set.SampleCount!
    row.sum = set.Sum!
    row.minimum = set.Minimum!
    row.maximum = set.Maximum!
  }
}
