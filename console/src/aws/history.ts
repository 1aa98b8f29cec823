import { ALARM_KINDS } from './alarms.ts'
import type { Connection } from './connection.ts'
import type { AlarmHistoryItem } from './shapes.ts'

export interface HistoryPage {
  readonly items: readonly AlarmHistoryItem[]
  readonly next: string | undefined
}

export type HistoryKind = 'StateUpdate' | 'Action' | 'ConfigurationUpdate'
const PAGE = 50

/** A page of an alarm's history, newest first; `kind` undefined for all. */
export const readHistory = async (
  connection: Connection,
  alarmName: string,
  kind: HistoryKind | undefined,
  token: string | undefined,
  signal: AbortSignal,
): Promise<HistoryPage> => {
  const answer = await connection.cloudWatch(
    'DescribeAlarmHistory',
    { AlarmName: alarmName, AlarmTypes: [...ALARM_KINDS], HistoryItemType: kind, MaxRecords: PAGE, NextToken: token, ScanBy: 'TimestampDescending' },
    signal,
  )
  return { items: answer.AlarmHistoryItems ?? [], next: answer.NextToken }
}

const MOST_PAGES = 10

/** All changes of state and of configuration since `start` (epoch seconds), newest first; a flapping alarm's oldest may be left out. */
export const readChangesSince = async (
  connection: Connection, alarmName: string, start: number, signal: AbortSignal,
): Promise<readonly AlarmHistoryItem[]> => {
  const kinds: readonly HistoryKind[] = ['StateUpdate', 'ConfigurationUpdate']
  const lists = await Promise.all(kinds.map(async kind => {
    const items: AlarmHistoryItem[] = []
    let token: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const answer = await connection.cloudWatch(
        'DescribeAlarmHistory',
        {
          AlarmName: alarmName, AlarmTypes: [...ALARM_KINDS], HistoryItemType: kind, StartDate: Math.floor(start), MaxRecords: 100, NextToken: token,
          ScanBy: 'TimestampDescending',
        },
        signal,
      )
      items.push(...(answer.AlarmHistoryItems ?? []))
      token = answer.NextToken
      if (token === undefined) break
    }
    return items
  }))
  return lists.flat()
}
