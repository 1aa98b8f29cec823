import { MAX_DIMENSIONS } from '../../model/metric-limits.ts'
import { isDimensionName, isDimensionValue } from '../../model/metric-names.ts'
import { sortDimensions, type Dimension } from '../../model/metric.ts'
import { memberOf } from './json-object.ts'

/** The dimensions that a set (an array of members' names) stands for; undefined when it breaks a rule. An empty set is fine. */
export const dimensionsOf = (set: unknown, root: Readonly<Record<string, unknown>>): readonly Dimension[] | undefined => {
  if (!Array.isArray(set) || set.length > MAX_DIMENSIONS) return undefined
  const dimensions: Dimension[] = []
  for (const name of set as readonly unknown[]) {
    if (typeof name !== 'string' || !isDimensionName(name)) return undefined
    const value = memberOf(root, name)
    if (typeof value !== 'string' || !isDimensionValue(value)) return undefined
    dimensions.push({ name, value })
  }
  const names = new Set(dimensions.map(({ name }) => name))
  return names.size === dimensions.length ? sortDimensions(dimensions) : undefined
}
