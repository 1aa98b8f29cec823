import { evaluateRule, type JudgedNode, type StateOf } from '../composite/evaluate.ts'
import { parseRule } from '../composite/parse.ts'
import type { ExplainedNode } from './explanation.ts'

/** A composite alarm's rule with what each of its nodes came to. */
export const explainRule = (rule: string, stateOf: StateOf): ExplainedNode => explained(rule, evaluateRule(parseRule(rule), stateOf))

const explained = (rule: string, { node, value, alarms, operands }: JudgedNode): ExplainedNode => ({
  text: rule.slice(node.start, node.end),
  value,
  alarms,
  operands: operands.map(operand => explained(rule, operand)),
})
