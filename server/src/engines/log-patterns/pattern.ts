import { uuidOf } from '../../base/uuid-of.ts'
import type { Part } from './template.ts'
import type { Severity } from './severity.ts'

/** One pattern of a set of events, with the fields that Logs Insights' `pattern` answers. */
export interface Pattern {
  /** 32 hexadecimal digits that follow from the pattern. */
  readonly patternId: string
  /** `@pattern`: `<Time-1> ERROR user <Token-2> not found`. */
  readonly pattern: string
  /** `@sampleCount`: events that have it. */
  readonly sampleCount: number
  /** `@ratio`: of all events that were looked at, from 0 to 1. */
  readonly ratio: number
  /** `@severityLabel` */
  readonly severityLabel: Severity
  /** `@regexString`: an expression that its events match. */
  readonly regex: string
  /** `@tokens` */
  readonly tokens: readonly PatternToken[]
  /** Some messages of it. */
  readonly samples: readonly string[]
}

/** As in the API's `PatternToken`. */
export interface PatternToken {
  readonly isDynamic: boolean
  /** `<*>` where it is dynamic. */
  readonly tokenString: string
  /** From 1; dynamic ones alone have the members that follow. */
  readonly dynamicTokenPosition?: number
  readonly inferredTokenName?: string
  /** Values that were seen, and how often. */
  readonly enumerations?: Readonly<Record<string, number>>
}

/** `values[i]`: what part `i` was, where words of several events were made one dynamic token. */
export const tokensOf = (parts: readonly Part[], values: readonly (ReadonlyMap<string, number> | undefined)[]): readonly PatternToken[] => {
  let position = 0
  return parts.map((part, index): PatternToken => {
    if (part.type !== 'dynamic') return { isDynamic: false, tokenString: part.text }
    position++
    const seen = values[index]
    return {
      isDynamic: true,
      tokenString: '<*>',
      dynamicTokenPosition: position,
      inferredTokenName: `${part.kind}-${position}`,
      ...(seen === undefined ? {} : { enumerations: Object.fromEntries(seen) }),
    }
  })
}

export const patternText = (tokens: readonly PatternToken[]): string => tokens.map(token => (token.isDynamic ? `<${token.inferredTokenName ?? ''}>` : token.tokenString)).join('')

/** An expression in RE2's syntax, over the whole message. */
export const patternRegex = (tokens: readonly PatternToken[]): string =>
  `^${tokens.map(token => (token.isDynamic ? '.*' : token.tokenString.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))).join('')}$`

export const patternIdOf = (text: string): string => uuidOf(text).replaceAll('-', '')
