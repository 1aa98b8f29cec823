/** Names what came of claimed log events, so that it comes of them once, also where a kill has made it uncertain. */
export interface OnceMark {
  /** The `seq` of the first of the events. */
  readonly firstSeq: bigint
  /** Whose doing it is, `''`: the events themselves; no blanks, and no `=`. */
  readonly what: string
}

/** Where marks are remembered for as long as the events are claimed. */
export interface OnceBook {
  has(mark: OnceMark): Promise<boolean>
  note(marks: readonly OnceMark[]): Promise<void>
}

/** Where it is remembered under which numbers events were put that come of claimed ones. */
export interface ClaimBook {
  /** The `seq` of the first of the events that were last put, or may have been, under this mark. */
  claimOf(mark: OnceMark): Promise<bigint | undefined>
  noteClaim(mark: OnceMark, firstSeq: bigint): Promise<void>
}

export const markText = ({ firstSeq, what }: OnceMark): string => `${firstSeq} ${what}`
