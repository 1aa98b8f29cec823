import type { ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, STRANGER, TENANT } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(() => {
  cloudWatch = new InMemoryCloudWatch()
})

const list = (input: object = {}, tenant?: typeof STRANGER) => cloudWatch.run<ListMetricsOutput>('ListMetrics', input, tenant)
const shown = ({ Metrics }: ListMetricsOutput) =>
  Metrics?.map(({ MetricName, Dimensions }) => [MetricName, ...(Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`)].join(' '))

describe('filters', () => {
  beforeEach(() => {
    for (const Server of ['Prod', 'Beta']) {
      for (const Domain of ['Frankfurt', 'Rio']) cloudWatch.metrics.add('Stats', 60, 1, { dimensions: { Server, Domain } })
    }
    cloudWatch.metrics.add('Bare', 4 * 3600, 1).add('Old', 15 * 86_400, 1).add('Stats', 60, 1, { namespace: 'Other' })
  })

  test.each<[string, object, readonly string[]]>([
    ['everything of two weeks', { Namespace: 'App' },
      ['Bare', 'Stats Domain=Frankfurt Server=Beta', 'Stats Domain=Frankfurt Server=Prod', 'Stats Domain=Rio Server=Beta',
        'Stats Domain=Rio Server=Prod']],
    ['a name', { MetricName: 'Bare' }, ['Bare']],
    ['a dimension', { Dimensions: [{ Name: 'Server', Value: 'Prod' }] },
      ['Stats Domain=Frankfurt Server=Prod', 'Stats Domain=Rio Server=Prod']],
    ['a dimension of any value', { Namespace: 'App', Dimensions: [{ Name: 'Server' }, { Name: 'Domain', Value: 'Rio' }] },
      ['Stats Domain=Rio Server=Beta', 'Stats Domain=Rio Server=Prod']],
    ['recent activity', { Namespace: 'App', MetricName: 'Bare', RecentlyActive: 'PT3H' }, []],
    ['the own account', { MetricName: 'Bare', OwningAccount: TENANT.account }, ['Bare']],
    ['another account', { OwningAccount: STRANGER.account, IncludeLinkedAccounts: true }, []],
    ['nothing there', { Namespace: 'Nowhere' }, []],
  ])('%s', async (_name, input, expected) => {
    expect(shown(await list(input))).toEqual(expected)
  })

  test('nothing of another account, and owners only where asked for', async () => {
    expect(shown(await list({}, STRANGER))).toEqual([])
    expect((await list({ MetricName: 'Bare' })).OwningAccounts).toBeUndefined()
    expect((await list({ MetricName: 'Bare', IncludeLinkedAccounts: true })).OwningAccounts).toEqual([TENANT.account])
  })
})

describe('pages of 500', () => {
  beforeEach(() => {
    for (let index = 0; index < 1001; index++) cloudWatch.metrics.add(`m${String(index).padStart(4, '0')}`, 60, 1)
  })

  test('every metric once', async () => {
    const first = await list()
    const second = await list({ NextToken: first.NextToken })
    const third = await list({ NextToken: second.NextToken })
    expect([first, second, third].map(({ Metrics }) => Metrics?.length)).toEqual([500, 500, 1])
    expect(third.NextToken).toBeUndefined()
    expect(new Set([first, second, third].flatMap(page => shown(page))).size).toBe(1001)
  })

  test('goes on after the last metric shown, although new ones moved the list', async () => {
    const first = await list()
    cloudWatch.metrics.add('a-new-one', 60, 1)
    const second = await list({ NextToken: first.NextToken })
    expect(shown(second)?.[0]).toBe('m0500')
  })

  test('refuses tokens of other requests, accounts and makers', async () => {
    const { NextToken } = await list()
    const refused = 'InvalidParameterValue: Request parameter NextToken is invalid'
    expect(await cloudWatch.refusal('ListMetrics', { NextToken, Namespace: 'App' })).toBe(refused)
    expect(await cloudWatch.refusal('ListMetrics', { NextToken }, STRANGER)).toBe(refused)
    expect(await cloudWatch.refusal('ListMetrics', { NextToken: `${NextToken}x` })).toBe(refused)
    expect(await cloudWatch.refusal('ListMetrics', { NextToken: 'x' })).toBe(refused)
  })
})

test.each<[string, object, string]>([
  ['11 dimensions', { Dimensions: Array.from({ length: 11 }, (_, i) => ({ Name: `d${i}` })) },
    "at 'dimensions' failed to satisfy constraint: Member must have length less than or equal to 10"],
  ['a dimension without a name', { Dimensions: [{ Value: 'a' }] },
    "Value null at 'dimensions.1.member.name' failed to satisfy constraint: Member must not be null"],
  ['another span', { RecentlyActive: 'PT1H' },
    "Value 'PT1H' at 'recentlyActive' failed to satisfy constraint: Member must satisfy enum value set: [PT3H]"],
  ['an empty namespace', { Namespace: '' },
    "Value '' at 'namespace' failed to satisfy constraint: Member must have length greater than or equal to 1"],
])('refuses %s', async (_name, input, refusal) => {
  expect(await cloudWatch.refusal('ListMetrics', input)).toContain(refusal)
})
