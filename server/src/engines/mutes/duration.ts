import { SyntaxProblem } from '../languages/syntax-problem.ts'

/** A length of calendar days and a rest of elapsed time. */
export interface WindowLength {
  readonly days: number
  readonly millis: number
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Limits of PutAlarmMuteRule. */
const SHORTEST = MINUTE
const LONGEST = 15 * DAY

const PATTERN = /^P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$/

/** Reads `PT4H`, `P2DT12H`, `P15D`: weeks, days, hours and minutes. */
export const parseDuration = (text: string): WindowLength => {
  const parts = PATTERN.exec(text)
  const [weeks, days, hours, minutes] = (parts ?? []).slice(1).map(part => Number(part ?? 0))
  if (parts === null || text === 'P') throw new SyntaxProblem(`Invalid duration ${text}: it must be in ISO 8601 format, such as PT4H or P2DT12H`, 0)
  const length = { days: weeks! * 7 + days!, millis: (hours! * 60 + minutes!) * MINUTE }
  const total = length.days * DAY + length.millis
  if (total < SHORTEST || total > LONGEST) throw new SyntaxProblem(`Invalid duration ${text}: it must be from PT1M to P15D`, 0)
  return length
}
