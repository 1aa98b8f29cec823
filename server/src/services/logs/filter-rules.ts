import type { Tenant } from '../../base/tenancy.ts'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import { FilterPatternProblem } from '../../engines/patterns/filter-pattern-problem.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import { compileSelectionCriteria, SelectionCriteriaProblem } from '../../engines/patterns/selection-criteria.ts'
import type { LogGroup } from '../../model/log.ts'
import { integer, text } from '../constraints.ts'
import { invalidParameter, limitExceeded, standardOnly } from './faults.ts'
import { groupOf } from './group-of.ts'
import type { LogFilterStore, LogGroupStore } from './ports.ts'

/** The model's limits, alike for metric filters and subscription filters. */
export const FILTER_NAME = text({ min: 1, max: 512, pattern: /[^:*]*/, patternUnsaid: true })
export const FILTER_PATTERN = text({ max: 1024 })
export const METRIC_NAME = text({ max: 255, pattern: /[^:*$]*/ })
/** The model forbids colons here, too, but AWS takes them. */
export const METRIC_NAMESPACE = text({ max: 255, pattern: /[^*$]*/, patternText: '[^:*$]*' })
export const SELECTION_CRITERIA = text({ max: 2000 })
export const DESCRIBE_LIMIT = 50
export const PAGE_SIZE = integer({ min: 1, max: DESCRIBE_LIMIT })

/** Filters of a group with a regular expression (user guide, "Filter pattern syntax"), metric and subscription filters together. */
const REGEX_FILTERS = 5

/** The group that a filter is for: AWS filters nothing that comes into its cheaper classes. */
export const filteredGroup = (groups: LogGroupStore, tenant: Tenant, name: string | undefined): LogGroup => {
  const group = groupOf(groups, tenant, { logGroupName: name })
  if (group.class !== 'STANDARD') throw standardOnly()
  return group
}

/** Throws the operation's refusal. `words` picks the sentence: operations of metric filters have one of their own. */
export const readPattern = (pattern: string, words: 'metric filter' | 'filter'): FilterPattern => {
  try {
    return compilePattern(pattern)
  } catch (error) {
    if (error instanceof FilterPatternProblem) throw invalidParameter(words === 'metric filter' ? error.metricFilterMessage : error.message)
    throw error
  }
}

export const checkCriteria = (criteria: string | undefined): void => {
  try {
    compileSelectionCriteria(criteria ?? '')
  } catch (error) {
    if (error instanceof SelectionCriteriaProblem) throw invalidParameter(error.message)
    throw error
  }
}

interface Named {
  readonly group: number
  readonly name: string
  readonly pattern: string
}

/** Refuses one more filter than a group may have, and one more with a regular expression. */
export const checkRoom = (
  filter: Named, pattern: FilterPattern, siblings: readonly Named[], limit: number, others: Pick<LogFilterStore<Named>, 'of'>,
): void => {
  const rest = siblings.filter(({ name }) => name !== filter.name)
  if (rest.length >= limit) throw limitExceeded()
  if (pattern.regexes === 0) return
  const withRegex = [...rest, ...others.of(filter.group)].filter(one => compilePattern(one.pattern).regexes > 0)
  if (withRegex.length >= REGEX_FILTERS) throw limitExceeded()
}
