import { parseFieldsPattern } from './fields-pattern.ts'
import type { FilterPattern } from './filter-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { parseJsonPattern } from './json-pattern.ts'
import { parseTermsPattern } from './terms-pattern.ts'

/** Throws `FilterPatternProblem`, and nothing else. */
export const compilePattern = (text: string): FilterPattern => {
  if (text.length > LENGTH) throw new FilterPatternProblem({ reason: `longer than ${LENGTH} characters`, at: LENGTH })
  const first = text.trimStart()[0]
  if (first === '{') return parseJsonPattern(text)
  if (first === '[') {
    if (!text.trimEnd().endsWith(']')) throw new FilterPatternProblem({ says: "If a filter pattern starts with '[' it must end with ']'", at: text.length })
    return parseFieldsPattern(text)
  }
  return parseTermsPattern(text)
}

/** FilterPattern's limit in the API, in characters. */
const LENGTH = 1024
