import { epochMillis } from '../../base/time.ts'
import type { AlarmRecord, AlarmStateValue } from '../../model/alarm.ts'
import { childFacts, stateBegan, type Standing } from '../alarms/facts.ts'
import { evaluateRule } from './evaluate.ts'
import { holdsSince } from './holds-since.ts'
import { alarmsIn, type RuleNode } from './rule.ts'

/** What a rule stands on now; `recordOf`: the alarm that a rule names so. */
export const standingOf = (rule: RuleNode, recordOf: (alarm: string) => AlarmRecord | undefined): Standing => {
  const judged = evaluateRule(rule, alarm => recordOf(alarm)?.state.value)
  const since = holdsSince(judged, alarm => {
    const record = recordOf(alarm)
    return record && stateBegan(record)
  })
  const children = alarmsIn(rule).flatMap(alarm => recordOf(alarm) ?? [])
  return {
    children: children.sort((a, b) => RANK[a.state.value] - RANK[b.state.value]).map(childFacts),
    since: Number.isFinite(since) ? epochMillis(since) : undefined,
  }
}

/** What one wants to read first. */
const RANK: Readonly<Record<AlarmStateValue, number>> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 }
