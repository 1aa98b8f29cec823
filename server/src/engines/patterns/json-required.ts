import type { Comparison } from './comparison.ts'
import type { JsonNode } from './json-condition.ts'
import type { Step } from './json-selector.ts'
import { requiredOfAll, requiredOfAny, type RequiredTexts } from './required-texts.ts'

/** The texts that a JSON message needs to have for a chance to match. */
export const requiredOfJson = (node: JsonNode): RequiredTexts => {
  switch (node.kind) {
    case 'and':
      return requiredOfAll(node.operands.map(requiredOfJson))
    case 'or':
      return requiredOfAny(node.operands.map(requiredOfJson))
    case 'compare':
      return requiredOfAll([...node.selector.steps.map(keyOf), valueOf(node.comparison)])
    case 'is':
      return requiredOfAll([...node.selector.steps.map(keyOf), [[String(node.value)]]])
    case 'not exists':
      return []
  }
}

const keyOf = (step: Step): RequiredTexts => (typeof step === 'object' && 'key' in step ? spelled(step.key, true, true) : [])

const valueOf = (comparison: Comparison): RequiredTexts => {
  if (comparison.kind === 'number' || comparison.negated) return []
  if (comparison.kind === 'regex') {
    const alternatives = comparison.regex.literals.map(literal => spelled(literal, false, false))
    return alternatives.length === 0 ? [] : requiredOfAny(alternatives)
  }
  const { parts } = comparison.wildcard
  // What a number may match has no quotation marks around it.
  const quoted = parts.some(part => /[^-+.\deE]/.test(part))
  const last = parts.length - 1
  return requiredOfAll(parts.map((part, index) => spelled(part, quoted && index === 0, quoted && index === last)))
}

/** What JSON may write with a backslash even without need, and what it must. */
const ESCAPABLE = /["\\/\p{Cc}]+/u

/**
 * The pieces of a text as a JSON string has them. Any character may also be written as `\u0041`, so a message that has a `\u` is
 * never excluded. `opens` and `closes` say that the string begins or ends here.
 */
const spelled = (text: string, opens: boolean, closes: boolean): RequiredTexts => {
  const pieces = text.split(ESCAPABLE)
  pieces[0] = (opens ? '"' : '') + pieces[0]!
  pieces[pieces.length - 1] += closes ? '"' : ''
  return pieces.filter(piece => piece !== '' && piece !== '"' && piece.isWellFormed()).map(piece => [piece, '\\u'])
}
