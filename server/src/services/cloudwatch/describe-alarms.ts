import type { DescribeAlarmsCommandInput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { alarmTypeOf, type AlarmRecord } from '../../model/alarm.ts'
import { validationError } from '../../wire/fault.ts'
import { operation, type Call } from '../operation.ts'
import { describeCompositeAlarm } from './alarms/composite-view.ts'
import { childArns, isComposite, isDescribedAsMetric, isLog, parentsByChild } from './alarms/family.ts'
import { describeLogAlarm } from './alarms/log-view.ts'
import { alarmResources } from './alarms/resources.ts'
import { describeMetricAlarm } from './alarms/view.ts'
import { enforce, structure, text } from '../constraints.ts'
import { invalidNextToken } from './faults.ts'
import { alarmName, alarmNames, alarmTypes, maxRecords, stateValue } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'
import type { AlarmStore } from './ports.ts'

const INPUT = structure({
  AlarmNames: alarmNames,
  AlarmNamePrefix: text({ min: 1, max: 255 }),
  AlarmTypes: alarmTypes,
  ChildrenOfAlarmName: alarmName,
  ParentsOfAlarmName: alarmName,
  StateValue: stateValue,
  ActionPrefix: text({ min: 1, max: 1024 }),
  MaxRecords: maxRecords,
})

const DEFAULT_PAGE = 50

export const describeAlarms = (alarms: AlarmStore) =>
  operation<DescribeAlarmsCommandInput, DescribeAlarmsOutput>({
    name: 'DescribeAlarms',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => alarmResources(input.AlarmNames, tenant),
    differs: [
      { member: 'LogAlarms.ScheduledQueryConfiguration.QueryARN', how: 'never there: an alarm runs its query itself, without a scheduled query' },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      refuseCombinations(input)
      const scope = scopeOf(input, call)
      const after = input.NextToken === undefined ? undefined : lastName(openToken(scope, input.NextToken))
      const records = await selected(alarms, input, call)
      const rest = after === undefined ? records : records.filter(({ alarm }) => alarm.name > after)
      const page = rest.slice(0, input.MaxRecords ?? DEFAULT_PAGE)
      return {
        ...(input.ChildrenOfAlarmName !== undefined || input.ParentsOfAlarmName !== undefined ? relatives(page, input) : described(page)),
        ...(page.length < rest.length ? { NextToken: sealToken(scope, page.at(-1)!.alarm.name) } : {}),
      }
    },
  })

const FILTERS = ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'ActionPrefix'] as const
const FAMILY = ['ChildrenOfAlarmName', 'ParentsOfAlarmName'] as const

const refuseCombinations = (input: DescribeAlarmsCommandInput): void => {
  if (input.AlarmNames !== undefined && input.AlarmNamePrefix !== undefined) {
    throw validationError('AlarmNames and AlarmNamePrefix cannot be specified together')
  }
  for (const name of FAMILY) {
    if (input[name] === undefined) continue
    const other = [...FILTERS, ...FAMILY].find(filter => filter !== name && input[filter] !== undefined)
    if (other !== undefined) throw validationError(`${other} cannot be specified together with ${name}`)
  }
}

const selected = async (alarms: AlarmStore, input: DescribeAlarmsCommandInput, call: Call): Promise<readonly AlarmRecord[]> => {
  if (input.ChildrenOfAlarmName !== undefined) return childrenOf(await alarms.list(call.tenant), input.ChildrenOfAlarmName)
  if (input.ParentsOfAlarmName !== undefined) return parentsOf(await alarms.list(call.tenant), input.ParentsOfAlarmName)
  const types = input.AlarmTypes ?? ['MetricAlarm']
  const { AlarmNamePrefix: prefix = '', StateValue: state, ActionPrefix: action } = input
  return (await candidates(alarms, input.AlarmNames, call)).filter(
    record =>
      types.includes(alarmTypeOf(record.alarm)) &&
      record.alarm.name.startsWith(prefix) &&
      (state === undefined || record.state.value === state) &&
      (action === undefined || actsOn(record, action)),
  )
}

const childrenOf = (records: readonly AlarmRecord[], name: string): readonly AlarmRecord[] => {
  const parent = records.find(({ alarm }) => alarm.name === name)
  if (parent === undefined || !isComposite(parent)) return []
  const children = childArns(parent.alarm)
  return records.filter(({ alarm }) => children.has(alarm.arn))
}

const parentsOf = (records: readonly AlarmRecord[], name: string): readonly AlarmRecord[] => {
  const child = records.find(({ alarm }) => alarm.name === name)
  return child === undefined ? [] : (parentsByChild(records).get(child.alarm.arn) ?? [])
}

type Found = Required<Pick<DescribeAlarmsOutput, 'CompositeAlarms' | 'MetricAlarms' | 'LogAlarms'>>

const described = (page: readonly AlarmRecord[]): Found => ({
  CompositeAlarms: page.filter(isComposite).map(describeCompositeAlarm),
  MetricAlarms: page.filter(isDescribedAsMetric).map(describeMetricAlarm),
  LogAlarms: page.filter(isLog).map(describeLogAlarm),
})

/** Children show their state, parents nothing but who they are. */
const relatives = (page: readonly AlarmRecord[], input: DescribeAlarmsCommandInput): Found => {
  const brief = ({ alarm, state }: AlarmRecord) => ({
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    ...(input.ParentsOfAlarmName === undefined ? { StateValue: state.value, StateUpdatedTimestamp: new Date(state.updatedAt) } : {}),
  })
  return {
    CompositeAlarms: page.filter(isComposite).map(brief),
    MetricAlarms: page.filter(isDescribedAsMetric).map(brief),
    LogAlarms: page.filter(isLog).map(brief),
  }
}

/** By name, in code units. */
const candidates = async (alarms: AlarmStore, names: readonly string[] | undefined, call: Call): Promise<readonly AlarmRecord[]> => {
  if (names === undefined) return alarms.list(call.tenant)
  const named = await Promise.all([...new Set(names)].sort().map(name => alarms.get(call.tenant, name)))
  return named.filter(record => record !== undefined)
}

const actsOn = ({ alarm }: AlarmRecord, prefix: string): boolean =>
  [...alarm.okActions, ...alarm.alarmActions, ...alarm.insufficientDataActions].some(action => action.startsWith(prefix))

const scopeOf = (input: DescribeAlarmsCommandInput, call: Call): TokenScope => ({
  operation: 'DescribeAlarms',
  tenant: call.tenant,
  request: [...FILTERS, ...FAMILY].map(name => input[name]),
})

const lastName = (cursor: unknown): string => {
  if (typeof cursor !== 'string') throw invalidNextToken()
  return cursor
}
