import type { Value } from './values.ts'

/** How the fields of an event are read from a row of `log_events`. */
export interface Fields {
  /** `@message`, `@timestamp` … by name; undefined: there is no such field. */
  system(name: string): Value | undefined
  /** A field found in the event itself; its path is the name split at the dots. */
  discovered(path: readonly string[]): Value
}
