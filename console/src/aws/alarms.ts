import type { Connection } from './connection.ts'
import type { MetricAlarm } from './shapes.ts'

const PAGE = 100
/** The list is read anew every ten seconds; beyond this many alarms a person filters instead. */
const MOST_PAGES = 20

export interface AlarmList {
  readonly alarms: readonly MetricAlarm[]
  /** There are more than the console reads. */
  readonly cut: boolean
}

export const readAlarms = async (connection: Connection, signal: AbortSignal): Promise<AlarmList> => {
  const alarms: MetricAlarm[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await connection.cloudWatch('DescribeAlarms', { MaxRecords: PAGE, NextToken: token }, signal)
    alarms.push(...(answer.MetricAlarms ?? []))
    token = answer.NextToken
    if (token === undefined) return { alarms, cut: false }
  }
  return { alarms, cut: true }
}

/** One alarm, or null when there is none of that name. */
export const readAlarm = async (connection: Connection, name: string, signal: AbortSignal): Promise<MetricAlarm | null> => {
  const { MetricAlarms } = await connection.cloudWatch('DescribeAlarms', { AlarmNames: [name] }, signal)
  return MetricAlarms?.[0] ?? null
}

/** Where an alarm's page is; notifications link here. */
export const alarmPage = (name: string): string => `#/alarms/${encodeURIComponent(name)}`
