/**
 * `unknown` is what this house cannot judge: an operator, a key or a variable that it does not know. It never
 * allows and always denies.
 */
export type Verdict = 'yes' | 'no' | 'unknown'

export const all = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('no')) return 'no'
  return verdicts.includes('unknown') ? 'unknown' : 'yes'
}

export const any = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes('yes')) return 'yes'
  return verdicts.includes('unknown') ? 'unknown' : 'no'
}

export const not = (verdict: Verdict): Verdict => {
  if (verdict === 'unknown') return 'unknown'
  return verdict === 'yes' ? 'no' : 'yes'
}
