import type { Tag } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'

const MOST_TAGS = 50

/** Tags as they are kept: keys once, in bounds. */
export const requireTags = (tags: readonly Tag[]): readonly { readonly Key: string; readonly Value: string }[] => {
  if (tags.length > MOST_TAGS) throw new Fault('BadRequest', `Bucket tag count cannot be greater than ${MOST_TAGS}`)
  const seen = new Set<string>()
  return tags.map(({ Key = '', Value = '' }) => {
    if (Key === '' || Key.length > 128 || Key.startsWith('aws:')) {
      throw new Fault('InvalidTag', 'The TagKey you have provided is invalid', { members: { TagKey: Key.slice(0, 256) } })
    }
    if (Value.length > 256) throw new Fault('InvalidTag', 'The TagValue you have provided is invalid', { members: { TagKey: Key } })
    if (seen.has(Key)) throw new Fault('InvalidTag', 'Cannot provide multiple Tags with the same key', { members: { TagKey: Key } })
    seen.add(Key)
    return { Key, Value }
  })
}
