import type { DescribeAlarmContributorsOutput, DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch'
import { beforeEach, expect, test } from 'vitest'
import { expressionAlarm } from '../../engines/alarms/alarm.test-support.ts'
import { stateUpdateItem } from '../../engines/alarms/history.ts'
import type { AlarmContributor } from '../../model/alarm.ts'
import { InMemoryCloudWatch, NOW, STRANGER, TENANT } from './ports.test-support.ts'

let cloudWatch: InMemoryCloudWatch
beforeEach(async () => {
  cloudWatch = new InMemoryCloudWatch()
  await cloudWatch.run('PutMetricAlarm', {
    AlarmName: 'fleet', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold',
    Metrics: [{ Id: 'q1', Expression: 'SELECT AVG(Cpu) FROM SCHEMA(App, Host) GROUP BY Host ORDER BY AVG() DESC', Period: 60 }],
  })
})

const contributor = (number: number, value: AlarmContributor['value'] = 'ALARM'): AlarmContributor => ({
  id: String(number).padStart(16, '0'), attributes: { Host: `h${number}` }, value, reason: `because ${number}`, transitionedAt: NOW, turningSince: undefined,
})
const watch = async (...contributors: readonly AlarmContributor[]) => {
  const record = (await cloudWatch.ports.alarms.get(TENANT, 'fleet'))!
  await cloudWatch.ports.alarms.commit([{ record, history: [], publications: [], contributors }])
}
const page = (input: object = {}) => cloudWatch.run<DescribeAlarmContributorsOutput>('DescribeAlarmContributors', { AlarmName: 'fleet', ...input })

test('those in ALARM, with their attributes and reasons', async () => {
  expect(await page()).toEqual({ AlarmContributors: [] })
  await watch(contributor(1), contributor(2, 'OK'))
  expect(await page()).toEqual({
    AlarmContributors: [
      { ContributorId: '0000000000000001', ContributorAttributes: { Host: 'h1' }, StateReason: 'because 1', StateTransitionedTimestamp: new Date(NOW) },
    ],
  })
})

test('a hundred a page', async () => {
  await watch(...Array.from({ length: 205 }, (_, number) => contributor(number)))
  const names: (string | undefined)[] = []
  const sizes: number[] = []
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const { AlarmContributors = [], NextToken } = await page(token === undefined ? {} : { NextToken: token })
    sizes.push(AlarmContributors.length)
    names.push(...AlarmContributors.map(({ ContributorAttributes }) => ContributorAttributes?.['Host']))
    token = NextToken
  }
  expect(sizes).toEqual([100, 100, 5])
  expect(new Set(names).size).toBe(205)
})

test('refusals', async () => {
  expect(await cloudWatch.refusal('DescribeAlarmContributors', { AlarmName: 'none' })).toBe('ResourceNotFound: The alarm none does not exist.')
  expect(await cloudWatch.refusal('DescribeAlarmContributors', { AlarmName: 'fleet' }, STRANGER)).toMatch(/^ResourceNotFound/)
  expect(await cloudWatch.refusal('DescribeAlarmContributors', {})).toMatch(/alarmName' failed to satisfy constraint: Member must not be null$/)
  expect(await cloudWatch.refusal('DescribeAlarmContributors', { AlarmName: 'fleet', NextToken: 'x' })).toMatch(/^InvalidNextToken/)
})

test('the history of one contributor names it', async () => {
  const record = (await cloudWatch.ports.alarms.get(TENANT, 'fleet'))!
  const alarm = expressionAlarm({ tenant: TENANT, name: 'fleet', arn: record.alarm.arn })
  const history = [contributor(1), contributor(2)].map(one => stateUpdateItem(alarm, record.state, { ...record.state, value: 'ALARM', updatedAt: NOW }, one))
  await cloudWatch.ports.alarms.commit([{ record, history, publications: [] }])
  const { AlarmHistoryItems = [] } = await cloudWatch.run<DescribeAlarmHistoryOutput>('DescribeAlarmHistory', { AlarmContributorId: contributor(2).id })
  expect(AlarmHistoryItems).toMatchObject([
    { AlarmName: 'fleet', HistoryItemType: 'AlarmContributorStateUpdate', AlarmContributorId: contributor(2).id, AlarmContributorAttributes: { Host: 'h2' } },
  ])
})
