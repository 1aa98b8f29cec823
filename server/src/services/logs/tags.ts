import { Fault } from '../../wire/fault.ts'
import { list, text } from '../constraints.ts'

/** Tags of one resource. */
const MAX_TAGS = 50

/** AWS's own pattern knows no `#`, which names of log groups may have. */
export const RESOURCE_ARN = text({ min: 1, max: 1011, pattern: /[\w#+=/:,.@-]*/, patternText: String.raw`[\w+=/:,.@-]*` })
export const TAG_KEY = text({ min: 1, max: 128, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]+/u, patternText: String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$` })
export const TAG_KEYS = list(TAG_KEY, { max: 50 })

const KEY = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u

/** `code`: of the operation's refusals. */
export const checkTags = (tags: Readonly<Record<string, string>> | undefined, code = 'InvalidParameterException'): Readonly<Record<string, string>> => {
  if (tags === undefined) return {}
  const entries = Object.entries(tags)
  if (entries.length === 0 || entries.length > MAX_TAGS) {
    const bound = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_TAGS}`
    throw new Fault(code, `1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length ${bound}`)
  }
  for (const [key, value] of entries) {
    if (!KEY.test(key)) throw invalidTag(code, 'keys', 'length less than or equal to 128, Member must have length greater than or equal to 1', String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]+)$`)
    if (!VALUE.test(value)) throw invalidTag(code, 'values', 'length less than or equal to 256, Member must have length greater than or equal to 0', String.raw`^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$`)
  }
  return tags
}

const invalidTag = (code: string, what: 'keys' | 'values', length: string, pattern: string): Fault =>
  new Fault(
    code,
    `1 validation error detected: Value at 'tags' failed to satisfy constraint: Map ${what} must satisfy constraint: ` +
      `[Member must have ${length}, Member must satisfy regular expression pattern: ${pattern}]`,
  )

/** Throws when a resource would have too many tags with those that are added. */
export const checkTagCount = (before: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>, tooMany: () => Error): void => {
  if (new Set([...Object.keys(before), ...Object.keys(more)]).size > MAX_TAGS) throw tooMany()
}
