import { parsePolicy } from '../../engines/policies/parse.ts'
import type { PolicyDocument } from '../../model/principal.ts'

/** A stored policy. It was checked when it was attached, so one that does not parse is damage: nothing is allowed by it. */
export const policyOf = (text: string): PolicyDocument => {
  const parsed = parsePolicy(text, 'kept')
  if (!parsed.ok) throw new Error(`a stored policy cannot be read: ${parsed.problem}`)
  return parsed.document
}
