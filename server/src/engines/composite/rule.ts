import type { AlarmStateValue } from '../../model/alarm.ts'

/** A node of a composite alarm's rule, with the part of the text that it was read from. */
export type RuleNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'state'; readonly state: AlarmStateValue; readonly alarm: string }
  | { readonly kind: 'not'; readonly operands: readonly [RuleNode] }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly RuleNode[] }
  | {
      readonly kind: 'at least'
      readonly need: { readonly unit: 'alarms' | 'percent'; readonly amount: number }
      readonly negated: boolean
      readonly state: AlarmStateValue
      readonly alarms: readonly string[]
    }
)

/** The alarms that a rule names, each once, in the order of the text: names or ARNs, as they are written. */
export const alarmsIn = (node: RuleNode): readonly string[] => {
  const found = new Set<string>()
  const visit = (each: RuleNode): void => {
    switch (each.kind) {
      case 'constant':
        return
      case 'state':
        found.add(each.alarm)
        return
      case 'at least':
        for (const alarm of each.alarms) found.add(alarm)
        return
      case 'not':
      case 'and':
      case 'or':
        each.operands.forEach(visit)
    }
  }
  visit(node)
  return [...found]
}
