import type { EpochMillis } from '../../base/time.ts'
import type { JudgedNode } from './evaluate.ts'

/**
 * Since when a rule has had its value: the youngest of those alarms' states that it cannot do without, in milliseconds.
 * -Infinity where no alarm's state decides. `since`: since when an alarm has been in its state; undefined where it is not there.
 */
export const holdsSince = (judged: JudgedNode, since: (alarm: string) => EpochMillis | undefined): number => {
  const { node, value, operands, alarms } = judged
  const of = (alarm: string): number => since(alarm) ?? -Infinity
  switch (node.kind) {
    case 'constant':
      return -Infinity
    case 'state':
      return of(node.alarm)
    case 'at least': {
      const needed = node.need.unit === 'alarms' ? node.need.amount : Math.ceil((node.need.amount * alarms.length) / 100)
      // As many as make it true, or as many as keep it from being so.
      const deciding = value ? needed : alarms.length - needed + 1
      return nth(alarms.filter(({ counts }) => counts === value).map(({ alarm }) => of(alarm)), deciding)
    }
    case 'not':
      return holdsSince(operands[0]!, since)
    case 'and':
    case 'or': {
      const speaking = operands.filter(operand => operand.value === value).map(operand => holdsSince(operand, since))
      // One alone decides that AND is false or OR is true: the one that has for longest.
      return (node.kind === 'or') === value ? Math.min(...speaking) : Math.max(...speaking)
    }
  }
}

/** The n-th oldest; -Infinity where none is needed. */
const nth = (times: readonly number[], count: number): number => [...times].sort((a, b) => a - b)[count - 1] ?? -Infinity
