import { alarmsIn } from '../../../../server/src/engines/composite/rule.ts'
import { parseRule } from '../../../../server/src/engines/composite/parse.ts'
import { alarmNameIn, readAlarmsNamed } from '../../aws/alarms.ts'
import type { Connection } from '../../aws/connection.ts'
import { readChangesSince } from '../../aws/history.ts'
import type { Alarm } from '../../aws/shapes.ts'
import type { StateBand } from '../../parts/graph/bands.ts'
import { type Range, window } from '../../words/ranges.ts'
import { bandsOf, changeOf, isCreation } from './state-bands.ts'

export interface TimelineRow {
  readonly name: string
  /** The page's own alarm, not one of its children. */
  readonly own: boolean
  readonly bands: readonly StateBand[]
}

export interface Timeline {
  readonly start: number
  readonly end: number
  readonly rows: readonly TimelineRow[]
}

/** Each child's history is calls of its own. */
const MOST_CHILDREN = 20

export const readTimeline = async (
  connection: Connection, alarm: Alarm, range: Range, now: number, signal: AbortSignal,
): Promise<Timeline> => {
  const { start, end } = window(range, now)
  const children = await readAlarmsNamed(connection, childrenOf(alarm).slice(0, MOST_CHILDREN), signal)
  const rows = await Promise.all([alarm, ...children].map(async each => {
    const history = await readChangesSince(connection, each.AlarmName ?? '', start, signal)
    const changes = history.flatMap(item => changeOf(item) ?? [])
    const createdAt = history.find(isCreation)?.Timestamp
    return { name: each.AlarmName ?? '', own: each === alarm, bands: bandsOf(changes, each.StateValue ?? 'INSUFFICIENT_DATA', createdAt, start, end) }
  }))
  return { start, end, rows }
}

/** Each once: a name and an ARN may mean the same alarm. */
const childrenOf = ({ AlarmRule }: Alarm): readonly string[] =>
  AlarmRule === undefined ? [] : [...new Set(alarmsIn(parseRule(AlarmRule)).map(alarmNameIn))]
