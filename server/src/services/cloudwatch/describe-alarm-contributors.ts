import type {
  AlarmContributor as DescribedContributor,
  DescribeAlarmContributorsCommandInput,
  DescribeAlarmContributorsOutput,
} from '@aws-sdk/client-cloudwatch'
import type { AlarmContributor } from '../../model/alarm.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { alarmResources } from './alarms/resources.ts'
import { alarmNotFound, invalidNextToken } from './faults.ts'
import { alarmName } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'
import type { AlarmStore } from './ports.ts'

const INPUT = structure({ AlarmName: alarmName }, ['AlarmName'])
const PAGE = 100

/** The series of an alarm that are in ALARM, by id; none for an alarm that watches a single series. */
export const describeAlarmContributors = (alarms: AlarmStore) =>
  operation<DescribeAlarmContributorsCommandInput, DescribeAlarmContributorsOutput>({
    name: 'DescribeAlarmContributors',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => alarmResources([input.AlarmName], tenant),
    async run(input, call) {
      enforce(INPUT, input)
      const name = input.AlarmName!
      const scope: TokenScope = { operation: 'DescribeAlarmContributors', tenant: call.tenant, request: name }
      const after = input.NextToken === undefined ? undefined : lastId(openToken(scope, input.NextToken))
      const record = await alarms.get(call.tenant, name)
      if (record === undefined || record.alarm.kind === 'composite') throw alarmNotFound(name)
      const alarming = (await alarms.contributors(call.tenant, record.alarm.arn)).filter(({ value }) => value === 'ALARM')
      const rest = after === undefined ? alarming : alarming.filter(({ id }) => id > after)
      const page = rest.slice(0, PAGE)
      return {
        AlarmContributors: page.map(describeContributor),
        ...(page.length < rest.length ? { NextToken: sealToken(scope, page.at(-1)!.id) } : {}),
      }
    },
  })

const describeContributor = (contributor: AlarmContributor): DescribedContributor => ({
  ContributorId: contributor.id,
  ContributorAttributes: { ...contributor.attributes },
  StateReason: contributor.reason,
  StateTransitionedTimestamp: new Date(contributor.transitionedAt),
})

const lastId = (cursor: unknown): string => {
  if (typeof cursor !== 'string') throw invalidNextToken()
  return cursor
}
