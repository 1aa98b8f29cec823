import type { Tag } from '@aws-sdk/client-sns'
import { list, structure, text } from '../constraints.ts'
import { invalidParameter, tagLimitExceeded } from './faults.ts'

/** Tags on one topic. */
const LIMIT = 50

export const tagKeyLimits = text({ min: 1, max: 128 })
export const tagListLimits = list(structure({ Key: tagKeyLimits, Value: text({ min: 0, max: 256 }) }, ['Key', 'Value']))
export const resourceNameLimits = text({ min: 1, max: 1011 })

export const tagRecord = (tags: readonly Tag[]): Readonly<Record<string, string>> => {
  const record = new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]))
  if (record.size !== tags.length) throw invalidParameter('Duplicated keys are not allowed.')
  return checkTagCount(Object.fromEntries(record))
}

export const checkTagCount = (tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
  if (Object.keys(tags).length > LIMIT) throw tagLimitExceeded()
  return tags
}
