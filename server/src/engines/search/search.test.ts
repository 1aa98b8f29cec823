import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MetricIdentity } from '../../model/metric.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { KnownNames, Listing } from './listing.ts'
import { nameTokens } from './name-tokens.ts'
import { parseSearch } from './search.ts'

const ACCOUNT = '123456789012'

const metric = (name: string, dimensions: Readonly<Record<string, string>> = {}, namespace = 'App'): MetricIdentity => ({
  namespace, name, dimensions: Object.entries(dimensions).map(([key, value]) => ({ name: key, value })),
})
const finds = (query: string, target: MetricIdentity): boolean => {
  const search = parseSearch(query, ACCOUNT)
  const found = search.matches(target)
  const listing = new Listing(new KnownNames())
  for (const each of [metric('Other'), target]) listing.add(each)
  if (found) expect(search.candidates(listing)).toContain(target)
  return found
}

describe('names are taken apart', () => {
  test.each([
    ['CustomCount1', ['custom', 'count', '1'], 'customcount1'],
    ['SDBFailure', ['sdb', 'failure'], 'sdbfailure'],
    ['Project2-trial333', ['project', '2', 'trial', '333'], 'project2trial333'],
    ['Network-Errors_2', ['network', 'errors', '2'], 'networkerrors2'],
    ['couNT', ['cou', 'nt'], 'count'],
    ['CPUUtilization', ['cpu', 'utilization'], 'cpuutilization'],
    ['readIOPS', ['read', 'iops'], 'readiops'],
    ['aB', ['a', 'b'], 'ab'],
    ['ÜberWürde9', ['über', 'würde', '9'], 'überwürde9'],
    ['--', [], ''],
  ])('%s', (name, lower, whole) => {
    expect(nameTokens(name)).toMatchObject({ lower, whole })
  })

  test('no letter and no digit gets lost', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), name => {
      expect(nameTokens(name).pieces.join('')).toBe(name.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    }))
  })
})

describe('a term finds parts of names', () => {
  test.each([
    ['count', true], ['Count', true], ['COUNT', true], ['couNT', false], ['CustomCount', true], ['Count1', true],
    ['customcount', false], ['count1', false], ['customcount1', true], ['"CustomCount1"', true], ['"customcount1"', false],
    ['"Custom"', false], ['Cust', false], ['1', true], ['*', false],
  ])('%s in CustomCount1: %s', (query, found) => {
    expect(finds(query, metric('CustomCount1'))).toBe(found)
  })

  test.each(['network/errors', 'network+errors', 'network-errors', 'Network_Errors'])('%s in both spellings', query => {
    expect(finds(query, metric('Network-Errors-2'))).toBe(true)
    expect(finds(query, metric('NetworkErrors2'))).toBe(true)
    expect(finds(query, metric('NetworkInErrors2'))).toBe(false)
  })

  test('quotes ask for the very text', () => {
    expect(finds('"Network_Errors_2"', metric('Network-Errors-2'))).toBe(false)
    expect(finds('"Europe\\\\France Traffic\\(Network\\)"', metric('Europe\\France Traffic(Network)'))).toBe(true)
    expect(finds('"say \\"hi\\""', metric('say "hi"'))).toBe(true)
  })
})

const CPU = metric('CPUUtilization', { InstanceId: 'i-1234567890123456' }, 'AWS/EC2')
const OTHER = metric('CPUUtilization', { InstanceId: 'i-6543210987654321' }, 'AWS/EC2')

describe('the schema wants the very set of dimensions', () => {
  test.each<[string, MetricIdentity, boolean]>([
    ['{AWS/EC2,InstanceId}', CPU, true],
    ['{AWS/EC2, InstanceId} CPUUtilization', CPU, true],
    ['{AWS/EC2, InstanceId}, CPUUtilization', CPU, true],
    ['{AWS/EC2}', CPU, false],
    ['{AWS/EC2}', metric('CPUUtilization', {}, 'AWS/EC2'), true],
    ['{AWS/EC2, InstanceId, ImageId}', CPU, false],
    ['{AWS/EC2, B, A}', metric('m', { A: '1', B: '2' }, 'AWS/EC2'), true],
    ['{AWS/EBS, InstanceId}', CPU, false],
    ['{"My Namespace","Dim Name"} m', metric('m', { 'Dim Name': 'x' }, 'My Namespace'), true],
    ['{aws/ec2,InstanceId}', CPU, false],
  ])('%s', (query, target, found) => {
    expect(finds(query, target)).toBe(found)
  })
})

describe('operators and properties', () => {
  const read = (namespace: string) => metric('ReadOps', { VolumeId: 'vol-1' }, namespace)
  test.each<[string, MetricIdentity, boolean]>([
    ['{AWS/EC2,InstanceId} MetricName="CPUUtilization" NOT i-1234567890123456', CPU, false],
    ['{AWS/EC2,InstanceId} MetricName="CPUUtilization" NOT i-1234567890123456', OTHER, true],
    ['NOT Namespace=AWS', CPU, false],
    ['NOT Namespace=AWS', metric('m'), true],
    ['(EC2 OR EBS) MetricName=ReadOps', read('AWS/EBS'), true],
    ['(EC2 OR EBS) AND MetricName=ReadOps', read('AWS/EC2'), true],
    ['(EC2 OR EBS) MetricName=ReadOps', read('AWS/RDS'), false],
    ['EC2 OR EBS MetricName=WriteOps', read('AWS/EC2'), true],
    ['(EC2 OR EBS) MetricName=WriteOps', read('AWS/EC2'), false],
    ['NOT EC2 EBS', read('AWS/EBS'), true],
    ['NOT (EC2 EBS)', read('AWS/EBS'), true],
    ['NOT NOT ReadOps', read('AWS/EBS'), true],
    ['InstanceId=i-1234567890123456', CPU, true],
    ['InstanceId = "i-1234567890123456"', CPU, true],
    ['InstanceId="i-1234"', CPU, false],
    ['InstanceId=1234567890123456', CPU, true],
    ['InstanceId=("a" OR "i-1234567890123456")', CPU, true],
    ['VolumeId=i-1234567890123456', CPU, false],
    ['InstanceId', CPU, true],
    ['"i-1234567890123456"', CPU, true],
    ['and ops', read('X'), false],
    [':aws.AccountId = "123456789012" ReadOps', read('X'), true],
    [':aws.AccountId = "210987654321" ReadOps', read('X'), false],
    [":aws.AccountId='LOCAL'", CPU, true],
    [':aws.AccountId = ("1" OR "123456789012")', CPU, true],
    ['NOT :aws.AccountId = "123456789012"', CPU, false],
  ])('%s on %o: %s', (query, target, found) => {
    expect(finds(query, target)).toBe(found)
  })

  test.each<[string, string | undefined, string | undefined]>([
    ['{AWS/EC2,InstanceId} CPU', 'AWS/EC2', undefined],
    ['Namespace="A" MetricName="b" c', 'A', 'b'],
    ['Namespace="A" OR MetricName="b"', undefined, undefined],
    ['NOT MetricName="b"', undefined, undefined],
    ['MetricName=b', undefined, undefined],
  ])('%s narrows what has to be looked at', (query, namespace, name) => {
    expect(parseSearch(query, ACCOUNT)).toMatchObject({ namespace, name })
  })
})

describe('what makes no sense', () => {
  test.each<[string, string, number]>([
    ['', 'Unexpected end of search query', 0],
    ['{}', "Unexpected '}' in search query", 1],
    ['{A', 'Unexpected end of search query', 2],
    ['{A} ) b', "Unexpected ')' in search query", 4],
    ['a AND', 'Unexpected end of search query', 5],
    ['a OR OR b', "Unexpected 'OR' in search query", 5],
    ['(a', 'Unexpected end of search query', 2],
    ['a = ', 'Unexpected end of search query', 4],
    ['NOT', 'Unexpected end of search query', 3],
    ['"a', "Unexpected character '\"'", 0],
    ['x'.repeat(1025), 'Search query is longer than 1024 characters', 1024],
    ['('.repeat(200), 'Too deeply nested', 101],
  ])('%s', (query, message, at) => {
    expect(() => parseSearch(query, ACCOUNT)).toThrow(expect.objectContaining({ name: 'SyntaxProblem', message, at }))
  })

  test('any text is a search or a SyntaxProblem', () => {
    const part = fc.constantFrom('{', '}', ',', '(', ')', 'AND ', ' OR ', 'NOT ', 'a', 'B1', '"x"', '=', 'MetricName', '\\', ' ')
    fc.assert(fc.property(fc.oneof(fc.string(), fc.array(part, { maxLength: 30 }).map(parts => parts.join(''))), query => {
      try {
        parseSearch(query, ACCOUNT).matches(CPU)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxProblem)
      }
    }), { numRuns: 500 })
  })
})

test('few metrics of a listing are looked at, each once and in its order', () => {
  const listing = new Listing(new KnownNames())
  const metrics = [metric('Latency', { Host: 'web-1' }), metric('Errors', { Host: 'web-2' }), metric('Latency', { Host: 'web-12', web: '1' })]
  for (const each of metrics) listing.add(each)
  const candidates = (query: string) => parseSearch(query, ACCOUNT).candidates(listing).map(each => metrics.indexOf(each))
  expect(candidates('Latency web')).toEqual([0, 2])
  expect(candidates('web-2 OR web OR Errors')).toEqual([0, 1, 2])
  expect(candidates('Host="web-12"')).toEqual([2])
  expect(candidates('NOT Errors')).toEqual([0, 1, 2])
  expect(candidates('nothing')).toEqual([])
})
