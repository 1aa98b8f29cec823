/** What SEARCH sees in a name: `SDBFailure2` has the pieces SDB, Failure, 2 and the whole sdbfailure2. */
export interface NameTokens {
  /** In their own case, in order. */
  readonly pieces: readonly string[]
  readonly lower: readonly string[]
  /** Which run of letters and digits a piece belongs to, counted from 0. */
  readonly runs: readonly number[]
  /** Everything but letters and digits left out, in lower case. */
  readonly whole: string
}

/** Splits at everything that is neither letter nor digit, between letters and digits, and where a new word begins in camel case. */
export const nameTokens = (name: string): NameTokens => {
  const runs = name.match(RUN) ?? []
  const split = runs.map(run => run.match(PIECE) ?? [])
  const pieces = split.flat()
  return {
    pieces,
    lower: pieces.map(piece => piece.toLowerCase()),
    runs: split.flatMap((parts, run) => parts.map(() => run)),
    whole: runs.join('').toLowerCase(),
  }
}

const RUN = /[\p{L}\p{N}]+/gu
/** `SDBFailure` is SDB and Failure: the last capital of several belongs to the word that it begins. */
const PIECE = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}\p{N}]+|\p{Lu}|\p{N}+/gu

/**
 * Whether a bare term finds a name. Its pieces must stand in the name one after the other; within a run of several pieces
 * their case counts (`CustomCount` finds CustomCount1, `customcount` and `count1` do not), a run of one piece takes any case.
 */
export const termMatches = (term: NameTokens, name: NameTokens): boolean => {
  const length = term.pieces.length
  if (length === 0) return false
  if (term.whole === name.whole) return true
  for (let from = 0; from + length <= name.pieces.length; from++) {
    let place = 0
    while (place < length && pieceMatches(term, place, name, from + place)) place++
    if (place === length) return true
  }
  return false
}

const pieceMatches = (term: NameTokens, place: number, name: NameTokens, at: number): boolean => {
  const run = term.runs[place]
  const composite = term.runs[place - 1] === run || term.runs[place + 1] === run
  return composite ? term.pieces[place] === name.pieces[at] : term.lower[place] === name.lower[at]
}
