/** A retention policy's document. */
export interface RetentionDocument {
  /** Undefined: events never expire. */
  readonly days: number | undefined
  /** Only log groups that are made after the policy have it. */
  readonly newOnly: boolean
}

export class RetentionProblem extends Error {}

export const NEVER_EXPIRE = 'NEVER_EXPIRE'

/** Documented with PutAccountPolicy. */
const DAYS: readonly unknown[] = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

/** Reads `{"retentionInDays": 90, "enforcementMode": "RETROACTIVE"}`; throws `RetentionProblem`. */
export const readRetentionDocument = (text: string): RetentionDocument => {
  const { retentionInDays: days, enforcementMode: mode } = objectOf(text)
  if (days !== NEVER_EXPIRE && !DAYS.includes(days)) throw new RetentionProblem(`retentionInDays must be one of ${DAYS.join(', ')} or ${NEVER_EXPIRE}.`)
  if (mode !== 'NEW_ONLY' && mode !== 'RETROACTIVE') throw new RetentionProblem('enforcementMode must be NEW_ONLY or RETROACTIVE.')
  return { days: days === NEVER_EXPIRE ? undefined : (days as number), newOnly: mode === 'NEW_ONLY' }
}

const objectOf = (text: string): { readonly retentionInDays?: unknown; readonly enforcementMode?: unknown } => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Refused below, as what is no object.
  }
  throw new RetentionProblem('The policy document must be an object in JSON.')
}
