import type { Dimension } from '../../model/metric.ts'
import type { ReadMetric } from './metric-lookup.ts'

/** A name without escapes, and a list of dimensions, as JSON. */
export const readJsonMetric: ReadMetric = (bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd) => {
  const dimensions = dimensionsStart === dimensionsEnd ? [] : plainDimensions(bytes.toString('latin1', dimensionsStart, dimensionsEnd))
  return dimensions === undefined ? undefined : { name: bytes.toString('latin1', nameStart, nameEnd), dimensions }
}

/** `[{"Name":…,"Value":…}…]` with exactly these members; undefined for anything else. */
const plainDimensions = (json: string): Dimension[] | undefined => {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    // Not JSON: the general path finds it too, and says so.
    return undefined
  }
  if (!Array.isArray(parsed)) return undefined
  const dimensions: Dimension[] = []
  for (const item of parsed as unknown[]) {
    if (typeof item !== 'object' || item === null) return undefined
    const { Name: name, Value: value, ...others } = item as Record<string, unknown>
    if (typeof name !== 'string' || typeof value !== 'string' || Object.keys(others).length > 0) return undefined
    dimensions.push({ name, value })
  }
  return dimensions
}
