import type { EntityMetricData, MetricDatum, PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import type { PutRequest } from '../../model/metric-intake.ts'
import { UNITS } from '../../model/metric.ts'
import { Fault } from '../../wire/fault.ts'
import { validate } from './validate.ts'

const receivedAt = epochMillis(Date.UTC(2026, 10, 21, 9, 30, 20))
const request: PutRequest = {
  tenant: { account: accountId('111122223333'), region: region('eu-west-1') },
  protocol: 'json', encoding: 'identity', body: new Uint8Array(), receivedAt,
}

const put = (input: Partial<PutMetricDataCommandInput>) => {
  const columns = new MetricColumns()
  const answer = validate({ Namespace: 'App', ...input } as PutMetricDataCommandInput, request, { number: () => 0 }, columns, () => undefined)
  return { columns, ...answer }
}
const refusal = (input: Partial<PutMetricDataCommandInput>): string => {
  try {
    put(input)
  } catch (error) {
    if (error instanceof Fault) return `${error.code}/${error.shape}/${error.status}: ${error.message}`
    throw error
  }
  return 'accepted'
}
const datum = (members: Partial<MetricDatum>): Partial<PutMetricDataCommandInput> => ({ MetricData: [{ MetricName: 'm', Value: 1, ...members }] })
const invalid = (message: string): string => `InvalidParameterValue/InvalidParameterValueException/400: ${message}`
const missing = (parameter: string): string => `MissingParameter/MissingRequiredParameterException/400: The parameter ${parameter} is required.`
const combination = (message: string): string => `InvalidParameterCombination/InvalidParameterCombinationException/400: ${message}`
const dimensions = (count: number) => Array.from({ length: count }, (_, index) => ({ Name: `d${index}`, Value: 'v' }))
const set = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 }

describe('refusals, in CloudWatch\'s words', () => {
  test.each<[string, Partial<PutMetricDataCommandInput>, string]>([
    ['no namespace', { ...datum({}), Namespace: undefined }, missing('Namespace')],
    ['namespace of 256 characters', { ...datum({}), Namespace: 'n'.repeat(256) }, invalid('The parameter Namespace must be shorter than 256 characters.')],
    ['namespace with a leading colon', { ...datum({}), Namespace: ':n' }, invalid('The value for parameter Namespace must not start with a colon.')],
    ['namespace beyond ASCII', { ...datum({}), Namespace: 'Müll' }, invalid('The value Müll for parameter Namespace is invalid.')],
    ['no data', { MetricData: [] }, missing('MetricData')],
    ['1001 datums', { MetricData: Array.from({ length: 1001 }, () => ({ MetricName: 'm', Value: 1 })) }, invalid('The collection MetricData must not have a size greater than 1000.')],
    ['no name', datum({ MetricName: undefined }), missing('MetricData.member.1.MetricName')],
    ['name of 256 characters', datum({ MetricName: 'm'.repeat(256) }), invalid('The parameter MetricData.member.1.MetricName must be shorter than 256 characters.')],
    ['31 dimensions', datum({ Dimensions: dimensions(31) }), invalid('The collection MetricData.member.1.Dimensions must not have a size greater than 30.')],
    ['dimension without a value', datum({ Dimensions: [{ Name: 'a', Value: '' }] }), missing('MetricData.member.1.Dimensions.member.1.Value')],
    ['dimension value of 1025 characters', datum({ Dimensions: [{ Name: 'a', Value: 'v'.repeat(1025) }] }), invalid('The parameter MetricData.member.1.Dimensions.member.1.Value must be shorter than 1025 characters.')],
    ['dimension name with a colon in front', datum({ Dimensions: [{ Name: ':a', Value: 'v' }] }), invalid('The value :a for parameter MetricData.member.1.Dimensions.member.1.Name is invalid.')],
    ['a dimension twice', datum({ Dimensions: [{ Name: 'a', Value: 'v' }, { Name: 'a', Value: 'w' }] }), invalid('No metric may specify the same dimension name twice.')],
    ['value and values', datum({ Values: [1] }), combination('The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you have specified both.')],
    ['value and statistics', datum({ StatisticValues: set }), combination('The parameters MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive and you have specified both.')],
    ['neither', datum({ Value: undefined }), combination('At least one of the parameters MetricData.member.1.Value, MetricData.member.1.Values and MetricData.member.1.StatisticValues must be specified.')],
    ['counts of another length', datum({ Value: undefined, Values: [1, 2], Counts: [1] }), invalid('The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.')],
    ['151 values', datum({ Value: undefined, Values: Array.from({ length: 151 }, () => 1) }), invalid('The collection MetricData.member.1.Values must not have a size greater than 150.')],
    ['NaN', datum({ Value: NaN }), invalid('The value NaN for parameter MetricData.member.1.Value is invalid.')],
    ['beyond 2^360', datum({ Value: -1.79769e308 }), invalid('The value -1.79769E308 for parameter MetricData.member.1.Value is invalid.')],
    ['a negative count', datum({ Value: undefined, Values: [1], Counts: [-1] }), invalid('The value -1 for parameter MetricData.member.1.Counts.member.1 is invalid.')],
    ['a sample count of nought', datum({ Value: undefined, StatisticValues: { ...set, SampleCount: 0 } }), invalid('The value 0 for parameter MetricData.member.1.StatisticValues.SampleCount is invalid.')],
    ['statistics without a sum', datum({ Value: undefined, StatisticValues: { ...set, Sum: undefined } }), missing('MetricData.member.1.StatisticValues.Sum')],
    ['minimum above maximum', datum({ Value: undefined, StatisticValues: { ...set, Minimum: 5 } }), invalid('The parameter MetricData.member.1.StatisticValues.Maximum must be greater than MetricData.member.1.StatisticValues.Minimum.')],
    ['an unknown unit', datum({ Unit: 'Parsecs' as 'Count' }), invalid(`The parameter MetricData.member.1.Unit must be a value in the set [ ${UNITS.join(', ')} ].`)],
    ['a resolution of 10', datum({ StorageResolution: 10 }), invalid('The parameter MetricData.member.1.StorageResolution must be a value in the set [ 1, 60 ].')],
    ['two weeks and a second ago', datum({ Timestamp: new Date(receivedAt - 14 * 86_400_000 - 1000) }), invalid('The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.')],
    ['two hours and a second ahead', datum({ Timestamp: new Date(receivedAt + 7_201_000) }), invalid('The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.')],
  ])('%s', (_, input, expected) => {
    expect(refusal(input)).toBe(expected)
  })

  test('violations of one kind are told together, a line each', () => {
    const late = new Date(0)
    expect(refusal({ MetricData: [{ MetricName: 'm', Value: 1, Timestamp: late }, { MetricName: 'm' }, { MetricName: 'm', Value: 1, Timestamp: late }] })).toBe(invalid(
      'The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.\n' +
      'The parameter MetricData.member.3.Timestamp must specify a time within the past two weeks.',
    ))
  })
})

describe('what is accepted', () => {
  test('the very limits', () => {
    expect(refusal({ Namespace: 'n'.repeat(255), MetricData: [{
      MetricName: 'm'.repeat(255), Dimensions: dimensions(30), Value: undefined, Values: Array.from({ length: 150 }, (_, index) => index),
      Timestamp: new Date(receivedAt - 14 * 86_400_000), StorageResolution: 1,
    }, { MetricName: 'ein Name mit ü', Value: 2 ** 360, Timestamp: new Date(receivedAt + 7_200_000) }] })).toBe('accepted')
  })

  test('rows of each form; without a time, that of receipt; on the grid of the resolution', () => {
    const { columns } = put({ MetricData: [
      { MetricName: 'm', Value: -0 },
      { MetricName: 'm', Values: [1, 5, 9], Counts: [3, 1, 0], StorageResolution: 1 },
      { MetricName: 'm', StatisticValues: set },
      { MetricName: 'm', StatisticValues: { SampleCount: 10, Sum: 50, Minimum: 5, Maximum: 5 } },
    ] })
    const minute = Math.floor(receivedAt / 60_000) * 60
    const rows = Array.from({ length: columns.points }, (_, row) => [columns.seconds[row]! - minute, columns.resolution[row], columns.value[row], columns.count[row]])
    // The fourth is a set whose samples are all known: ten fives.
    expect(rows).toEqual([[0, 60, 0, 1], [20, 1, 1, 3], [20, 1, 5, 1], [0, 60, 5, 10]])
    expect([columns.sets, columns.setCount[0], columns.setSum[0], columns.setMinimum[0], columns.setMaximum[0]]).toEqual([1, 2, 3, 1, 2])
  })
})

describe('entities', () => {
  const entity = (keys: Record<string, string> | undefined, attributes?: Record<string, string>): EntityMetricData => ({
    Entity: { KeyAttributes: keys, Attributes: attributes }, MetricData: [{ MetricName: 'm', Value: 1 }],
  })
  const service = { Type: 'Service', Name: 'api', Environment: 'prod' }

  test.each<[string, EntityMetricData[], string | undefined]>([
    ['a service', [entity(service, { team: 'a' })], undefined],
    ['an AWS resource', [entity({ Type: 'AWS::Resource', ResourceType: 'AWS::EC2::Instance', Identifier: 'i-1' })], undefined],
    ['no keys', [entity(undefined)], 'InvalidEntity'],
    ['one key', [entity({ Type: 'Service' })], 'InvalidKeyAttributes'],
    ['an unknown key', [entity({ ...service, Colour: 'red' })], 'InvalidKeyAttributes'],
    ['an unknown type', [entity({ ...service, Type: 'Boat' })], 'InvalidTypeValue'],
    ['a service without its environment', [entity({ Type: 'Service', Name: 'api' })], 'MissingRequiredFields'],
    ['eleven attributes', [entity(service, Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, 'v'])))], 'InvalidAttributes'],
    ['three entities', [entity(service), entity(service), entity(service)], 'EntitySizeTooLarge'],
  ])('%s', (_, entities, failure) => {
    const lenient = put({ EntityMetricData: entities, StrictEntityValidation: false })
    expect(lenient.failureMessage).toBe(failure)
    expect(lenient.columns.points).toBe(entities.length)
    const strict = refusal({ EntityMetricData: entities, StrictEntityValidation: true })
    expect(strict).toBe(failure === undefined ? 'accepted' : invalid(`The entity is not valid: ${failure}.`))
  })

  test('need to be told how strictly they are meant, and count towards the thousand', () => {
    expect(refusal({ EntityMetricData: [entity(service)] })).toBe(missing('StrictEntityValidation'))
    const plain = Array.from({ length: 1000 }, () => ({ MetricName: 'm', Value: 1 }))
    expect(refusal({ MetricData: plain, EntityMetricData: [entity(service)], StrictEntityValidation: false })).toContain('must not have a size greater than 1000')
    expect(refusal({ EntityMetricData: [{ ...entity(service), MetricData: [{ MetricName: 'm', Value: NaN }] }], StrictEntityValidation: false }))
      .toBe(invalid('The value NaN for parameter EntityMetricData.member.1.MetricData.member.1.Value is invalid.'))
  })
})
