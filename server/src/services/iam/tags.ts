import type { Tag } from '@aws-sdk/client-iam'
import { list, structure, text } from '../constraints.ts'
import { invalidInput, limitExceeded } from './faults.ts'

/** Tags on one user, and in one request. */
const LIMIT = 50

const unsaid = true
const keyLimits = text({ min: 1, max: 128, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]+/u, unsaid })
const valueLimits = text({ min: 0, max: 256, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u, unsaid })
export const tagListLimits = list(structure({ Key: keyLimits, Value: valueLimits }, ['Key', 'Value']), { max: LIMIT, unsaid })
export const tagKeyListLimits = list(keyLimits, { max: LIMIT, unsaid, neverNull: true })

type Tags = Readonly<Record<string, string>>

/** Keys of users' tags are told apart by their letters, not by their case. */
export const tagRecord = (tags: readonly Tag[]): Tags => {
  const keys = new Set(tags.map(({ Key = '' }) => Key.toLowerCase()))
  if (keys.size !== tags.length) throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (tags.some(({ Key = '' }) => /^aws:/i.test(Key))) throw invalidInput('Tag keys beginning with aws: are reserved for system use.')
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
}

/** A tag takes the place of the one whose key has the same letters. */
export const withTags = (tags: Tags, added: Tags): Tags => {
  const all = { ...withoutTags(tags, Object.keys(added)), ...added }
  if (Object.keys(all).length > LIMIT) throw limitExceeded('The number of tags has reached the maximum limit.')
  return all
}

export const withoutTags = (tags: Tags, keys: readonly string[]): Tags => {
  const gone = new Set(keys.map(key => key.toLowerCase()))
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())))
}

/** By key. */
export const tagList = (tags: Tags): Tag[] =>
  Object.keys(tags)
    .sort()
    .map(Key => ({ Key, Value: tags[Key] }))
