/** A row of a function's help; run as a test. */
export interface Example {
  readonly query: string
  /** Series with a sample a minute, oldest first, `-` where there is none. The query is evaluated at the newest, or at `at`. */
  readonly series?: Readonly<Record<string, string>>
  /** Minutes after the oldest sample. */
  readonly at?: number
  /** `labels value` a line; a scalar's value alone. */
  readonly result: readonly string[]
}
