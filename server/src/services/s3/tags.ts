import type { Tag } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'

const MOST_TAGS = 50
const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Tags as they are kept: keys once, in bounds. */
export const requireTags = (tags: readonly Tag[]): readonly { readonly Key: string; readonly Value: string }[] => {
  if (tags.length > MOST_TAGS) throw new Fault('BadRequest', `Bucket tag count cannot be greater than ${MOST_TAGS}`)
  const seen = new Set<string>()
  return tags.map(({ Key = '', Value = '' }) => {
    if (Key === '' || Key.length > 128 || !TEXT.test(Key)) throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key.slice(0, 256) })
    if (Value.length > 256 || !TEXT.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: Key, TagValue: Value.slice(0, 512) })
    }
    if (Key.startsWith('aws:')) throw invalidTag('System tags cannot be added/updated by requester', { TagKey: Key })
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key })
    seen.add(Key)
    return { Key, Value }
  })
}

const invalidTag = (text: string, members: Readonly<Record<string, string>>): Fault => new Fault('InvalidTag', text, { members })
