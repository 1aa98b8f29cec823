import type { AlarmStateValue } from '../../model/alarm.ts'
import type { RuleNode } from './rule.ts'

/** A node with what it came to: the explanation of a composite's state. */
export interface JudgedNode {
  readonly node: RuleNode
  readonly value: boolean
  readonly operands: readonly JudgedNode[]
  /** The alarms that the node itself names, and the states they were in; undefined: not there. */
  readonly alarms: readonly { readonly alarm: string; readonly state: AlarmStateValue | undefined; readonly counts: boolean }[]
}

export type StateOf = (alarm: string) => AlarmStateValue | undefined

/** Judges every node, also those that a shortcut would pass over. An alarm that is not there is in no state, and in none of NOT's. */
export const evaluateRule = (node: RuleNode, stateOf: StateOf): JudgedNode => {
  switch (node.kind) {
    case 'constant':
      return { node, value: node.value, operands: [], alarms: [] }
    case 'state': {
      const state = stateOf(node.alarm)
      return { node, value: state === node.state, operands: [], alarms: [{ alarm: node.alarm, state, counts: state === node.state }] }
    }
    case 'at least': {
      const alarms = node.alarms.map(alarm => {
        const state = stateOf(alarm)
        return { alarm, state, counts: state !== undefined && (state === node.state) !== node.negated }
      })
      const needed = node.need.unit === 'alarms' ? node.need.amount : Math.ceil((node.need.amount * alarms.length) / 100)
      return { node, value: alarms.filter(({ counts }) => counts).length >= needed, operands: [], alarms }
    }
    case 'not': {
      const operand = evaluateRule(node.operands[0], stateOf)
      return { node, value: !operand.value, operands: [operand], alarms: [] }
    }
    case 'and':
    case 'or': {
      const operands = node.operands.map(each => evaluateRule(each, stateOf))
      const value = node.kind === 'and' ? operands.every(each => each.value) : operands.some(each => each.value)
      return { node, value, operands, alarms: [] }
    }
  }
}

/** The state that a rule's value puts the composite into. */
export const compositeState = (value: boolean): AlarmStateValue => (value ? 'ALARM' : 'OK')
