/** Which log groups an account policy is for: those whose name is one of these, or begins with one; or all others. */
export interface GroupCriteria {
  readonly by: 'LogGroupName' | 'LogGroupNamePrefix'
  readonly negated: boolean
  readonly values: readonly string[]
}

/** Reads `LogGroupNamePrefix == "a"`, `LogGroupName IN ["a", "b"]`, `… NOT IN […]`; undefined: it is something else. */
export const readGroupCriteria = (text: string): GroupCriteria | undefined => {
  const [, by, value] = /^\s*(LogGroupName|LogGroupNamePrefix)\s*={1,2}\s*"([^"]*)"\s*$/.exec(text) ?? []
  if (by !== undefined) return { by: by as GroupCriteria['by'], negated: false, values: [value!] }
  const [, of, operator, list] = /^\s*(LogGroupName|LogGroupNamePrefix)\s+(IN|NOT\s+IN)\s*\[\s*((?:"[^"]*"(?:\s*,\s*"[^"]*")*)?)\s*\]\s*$/i.exec(text) ?? []
  if (of === undefined) return undefined
  const name = NAMES.find(one => one.toLowerCase() === of.toLowerCase())!
  return { by: name, negated: operator!.length > 2, values: [...list!.matchAll(/"([^"]*)"/g)].map(([, found]) => found!) }
}

const NAMES: readonly GroupCriteria['by'][] = ['LogGroupName', 'LogGroupNamePrefix']

export const selectsGroup = ({ by, negated, values }: GroupCriteria, name: string): boolean =>
  values.some(value => (by === 'LogGroupName' ? name === value : name.startsWith(value))) !== negated

/** Whether some log group could be selected by both. */
export const criteriaOverlap = (a: GroupCriteria, b: GroupCriteria): boolean => {
  if (a.negated && b.negated) return true
  if (a.negated) return criteriaOverlap(b, a)
  // What the first selects has to lie in what the second leaves out.
  if (b.negated) return a.values.some(value => !b.values.some(other => isWithin(value, a.by, other, b.by)))
  return a.values.some(value => b.values.some(other => isWithin(value, a.by, other, b.by) || isWithin(other, b.by, value, a.by)))
}

const isWithin = (value: string, by: GroupCriteria['by'], other: string, otherBy: GroupCriteria['by']): boolean =>
  otherBy === 'LogGroupNamePrefix' ? value.startsWith(other) : by === 'LogGroupName' && value === other
