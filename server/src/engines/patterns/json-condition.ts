import { comparesNumber, comparesText, type Comparison } from './comparison.ts'
import { someAt, type Step } from './json-selector.ts'
import type { LogLine } from './log-line.ts'
import { WrittenNumber } from './log-line.ts'

/** What is asked of a JSON message. */
export type JsonNode =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly JsonNode[] }
  | { readonly kind: 'compare'; readonly selector: JsonSelector; readonly comparison: Comparison }
  | { readonly kind: 'is'; readonly selector: JsonSelector; readonly value: boolean | null }
  | { readonly kind: 'not exists'; readonly selector: JsonSelector }

export interface JsonSelector {
  /** As the pattern writes it. */
  readonly text: string
  readonly steps: readonly Step[]
}

type Question = (line: LogLine) => boolean

/** The question to ask of lines that are JSON. */
export const questionOf = (node: JsonNode): Question => {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const questions = node.operands.map(questionOf)
      return node.kind === 'and' ? line => questions.every(ask => ask(line)) : line => questions.some(ask => ask(line))
    }
    case 'compare':
      return compareQuestion(node.selector.steps, node.comparison)
    case 'is': {
      const same = (value: unknown): boolean => value === node.value
      return line => someAt(line.json, node.selector.steps, same)
    }
    case 'not exists':
      return line => !someAt(line.json, node.selector.steps, () => true)
  }
}

/**
 * Numbers are compared with numbers by value, with anything else by how they are written (`123` is not `"123.0"`). Objects, arrays
 * and null compare with nothing, booleans only with `*`, which asks whether there is a value.
 */
const compareQuestion = (steps: readonly Step[], comparison: Comparison): Question => {
  if (comparison.kind === 'number') {
    const test = (value: unknown): boolean => {
      if (typeof value === 'number') return comparesNumber(comparison, value)
      return typeof value === 'string' && comparesText(comparison, value)
    }
    return line => someAt(line.json, steps, test)
  }
  if (comparison.kind === 'text' && comparison.wildcard.matchesAll) {
    return line => !comparison.negated && someAt(line.json, steps, isScalar)
  }
  const test = (value: unknown): boolean => {
    if (typeof value === 'string') return comparesText(comparison, value)
    if (typeof value === 'number') return comparesText(comparison, String(value))
    return value instanceof WrittenNumber && comparesText(comparison, value.text)
  }
  const hasNumber = (value: unknown): boolean => typeof value === 'number'
  return line => someAt(someAt(line.json, steps, hasNumber) ? line.written : line.json, steps, test)
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
