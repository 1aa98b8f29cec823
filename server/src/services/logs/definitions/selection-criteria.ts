/** The prefixes of `LogGroupNamePrefix == "a"`, also `LogGroupNamePrefix IN ["a", "b"]`; undefined: it is something else. */
export const readPrefixCriteria = (criteria: string): readonly string[] | undefined => {
  const one = /^\s*LogGroupNamePrefix\s*={1,2}\s*"([^"]*)"\s*$/.exec(criteria)
  if (one !== null) return [one[1]!]
  const list = /^\s*LogGroupNamePrefix\s+IN\s*\[\s*("[^"]*"(?:\s*,\s*"[^"]*")*)\s*\]\s*$/i.exec(criteria)
  return list === null ? undefined : [...list[1]!.matchAll(/"([^"]*)"/g)].map(([, prefix]) => prefix!)
}
