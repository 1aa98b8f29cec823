import { WrittenNumber } from './log-line.ts'

/** One step into a JSON value: a key, an index, or any of them (`*`, `[*]`). */
export type Step = { readonly key: string } | { readonly index: number } | 'any key' | 'any index'

/** `$.a-b[0]['c.d'].*`, as a token. Every part begins with a mark of its own, so it takes linear time. */
export const SELECTOR = /\$(?:\.?\[(?:\d+|\*|'[^']*'|"[^"]*")\]|\.(?:[\w-]+|\*))+/y

const PART = /\.?\[(\d+)\]|\.?\[(\*)\]|\.?\['([^']*)'\]|\.?\["([^"]*)"\]|\.(\*)|\.([\w-]+)/g

/** The steps of a text that is a whole `SELECTOR`. */
export const readSelector = (text: string): readonly Step[] =>
  [...text.matchAll(PART)].map(([, index, anyIndex, single, double, anyKey, key]): Step => {
    if (index !== undefined) return { index: Number(index) }
    if (anyIndex !== undefined) return 'any index'
    if (anyKey !== undefined) return 'any key'
    return { key: (single ?? double ?? key)! }
  })

export const wildcardsIn = (steps: readonly Step[]): number => steps.filter(step => typeof step === 'string').length

/**
 * Whether some value that the steps lead to passes the test. Walks no further than the steps say, so depth is no danger;
 * `undefined` is no JSON value and never comes.
 */
export const someAt = (value: unknown, steps: readonly Step[], test: (value: unknown) => boolean, from = 0): boolean => {
  let at = value
  for (let index = from; index < steps.length; index++) {
    if (typeof at !== 'object' || at === null || at instanceof WrittenNumber) return false
    const step = steps[index]!
    if (typeof step === 'string') return anyChild(at, step, child => someAt(child, steps, test, index + 1))
    at = childAt(at, step)
    if (at === undefined) return false
  }
  return test(at)
}

const anyChild = (value: object, step: 'any key' | 'any index', test: (child: unknown) => boolean): boolean => {
  if (Array.isArray(value)) return step === 'any index' && value.some(test)
  return step === 'any key' && Object.values(value).some(test)
}

const childAt = (value: object, step: { readonly key: string } | { readonly index: number }): unknown => {
  if ('index' in step) return Array.isArray(value) ? value[step.index] : undefined
  return !Array.isArray(value) && Object.hasOwn(value, step.key) ? (value as Readonly<Record<string, unknown>>)[step.key] : undefined
}

/** A string, a number or a boolean as text; undefined for anything else. */
export const scalarText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  if (value instanceof WrittenNumber) return value.text
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
