import type { Connection } from './connection.ts'
import type { Alarm, AlarmContributor, StateValue } from './shapes.ts'

const PAGE = 100
/** The list is read anew every ten seconds; beyond this many alarms a person filters instead. */
const MOST_PAGES = 20
/** Without naming them, DescribeAlarms and DescribeAlarmHistory leave composite alarms and those on logs out. */
export const ALARM_KINDS = ['CompositeAlarm', 'LogAlarm', 'MetricAlarm'] as const

export interface AlarmList {
  readonly alarms: readonly Alarm[]
  /** There are more than the console reads. */
  readonly cut: boolean
}

export const readAlarms = async (connection: Connection, signal: AbortSignal): Promise<AlarmList> => {
  const alarms: Alarm[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch('DescribeAlarms', { AlarmTypes: [...ALARM_KINDS], MaxRecords: PAGE, NextToken: token }, signal)
    alarms.push(...(answer.CompositeAlarms ?? []), ...(answer.LogAlarms ?? []), ...(answer.MetricAlarms ?? []))
    token = answer.NextToken
    if (token === undefined) return { alarms, cut: false }
  }
  return { alarms, cut: true }
}

/** The alarms of those names, of every kind; names without an alarm are absent. */
export const readAlarmsNamed = async (connection: Connection, names: readonly string[], signal: AbortSignal): Promise<readonly Alarm[]> => {
  const pages = Array.from({ length: Math.ceil(names.length / PAGE) }, (_, page) => names.slice(page * PAGE, (page + 1) * PAGE))
  const answers = await Promise.all(pages.map(AlarmNames =>
    connection.cloudWatch('DescribeAlarms', { AlarmNames, AlarmTypes: [...ALARM_KINDS], MaxRecords: PAGE }, signal)))
  return answers.flatMap(({ CompositeAlarms = [], LogAlarms = [], MetricAlarms = [] }) => [...CompositeAlarms, ...LogAlarms, ...MetricAlarms])
}

/** One alarm, or null when there is none of that name. */
export const readAlarm = async (connection: Connection, name: string, signal: AbortSignal): Promise<Alarm | null> =>
  (await readAlarmsNamed(connection, [name], signal))[0] ?? null

interface RelatedAlarm {
  readonly name: string
  readonly state: StateValue
}

/** The composite alarms whose rules name this one. */
export const readParents = async (connection: Connection, name: string, signal: AbortSignal): Promise<readonly RelatedAlarm[]> => {
  const { CompositeAlarms = [] } = await connection.cloudWatch('DescribeAlarms', { ParentsOfAlarmName: name, MaxRecords: PAGE }, signal)
  // That answers names alone.
  const parents = await readAlarmsNamed(connection, CompositeAlarms.map(({ AlarmName = '' }) => AlarmName), signal)
  return parents.map(({ AlarmName = '', StateValue = 'INSUFFICIENT_DATA' }) => ({ name: AlarmName, state: StateValue }))
}

/** The series of an alarm that are in ALARM. */
export const readContributors = async (connection: Connection, name: string, signal: AbortSignal): Promise<readonly AlarmContributor[]> => {
  const found: AlarmContributor[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch('DescribeAlarmContributors', { AlarmName: name, NextToken: token }, signal)
    found.push(...(answer.AlarmContributors ?? []))
    token = answer.NextToken
    if (token === undefined) break
  }
  return found
}

/** Where an alarm's page is; notifications link here. */
export const alarmPage = (name: string): string => `#/alarms/${encodeURIComponent(name)}`

const ARN = /^arn:[^:]+:cloudwatch:[^:]*:\d{12}:alarm:(.+)$/

/** The name of an alarm that is given by name or by ARN. */
export const alarmNameIn = (nameOrArn: string): string => ARN.exec(nameOrArn)?.[1] ?? nameOrArn
