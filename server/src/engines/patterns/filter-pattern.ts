import type { LogLine } from './log-line.ts'

/**
 * A compiled filter pattern, as metric filters, subscription filters, FilterLogEvents and Live Tail have it. Asking takes time
 * linear in the message. Hand the same `LogLine` to all patterns that look at an event: it is parsed once.
 */
export interface FilterPattern {
  readonly kind: 'terms' | 'json' | 'fields'
  /** How many `%…%` there are: a log group may have five filters with any. */
  readonly regexes: number
  /**
   * For each of these lists, every message that matches contains at least one of its texts; empty when nothing is known.
   * So a store may narrow by them before the pattern decides.
   */
  readonly required: readonly (readonly string[])[]
  matches(line: LogLine): boolean
  /**
   * The `extractedValues` of TestMetricFilter, undefined when the line does not match: `$name` and `$1` of fields, `$.path` of
   * the selectors that a JSON pattern names. Empty for terms.
   */
  extract(line: LogLine): ReadonlyMap<string, string> | undefined
  /** What reads `$.path`, `$name` or `$1` from lines that match; undefined when this pattern cannot give such a value. */
  selector(text: string): Selector | undefined
}

/** Undefined when the line has no such value. Numbers come as they are written in the line. */
export type Selector = (line: LogLine) => string | undefined
