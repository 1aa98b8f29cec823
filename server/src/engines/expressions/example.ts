/** A row of a function's help; run as a test. Series are written oldest first, `-` where there is no datapoint: `1 - 4 7`. */
export interface Example {
  readonly expression: string
  /** Stored metrics by Id. */
  readonly metrics: Readonly<Record<string, string>>
  /** What anything outside of the expressions answers: the series that SEARCH finds, the two limits of a band. */
  readonly found?: readonly string[]
  /** One text for a series, several for a list. */
  readonly result: string | readonly string[]
  /** First instant; 2024-01-01T00:00:00Z, a Monday, if absent. */
  readonly start?: string
  /** In seconds; 60 if absent. */
  readonly period?: number
}
