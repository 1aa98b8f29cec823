import type { Tag } from '@aws-sdk/client-s3'
import type { ObjectTag } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { invalidArgument } from './faults.ts'

const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** What S3 says differently of the tags of different things. */
interface Tagged {
  readonly most: number
  readonly tooMany: string
  /** Keys that begin with `aws:` are AWS's own. */
  readonly reserved: (key: string) => Fault
}

const BUCKET: Tagged = {
  most: 50,
  tooMany: 'Bucket tag count cannot be greater than 50',
  reserved: TagKey => invalidTag('System tags cannot be added/updated by requester', { TagKey }),
}

const NEW_BUCKET: Tagged = {
  ...BUCKET,
  reserved: () => {
    const text = 'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.'
    return invalidTag(text, {})
  },
}

const OBJECT: Tagged = {
  most: 10,
  tooMany: 'Object tags cannot be greater than 10',
  reserved: TagKey => invalidTag('Your TagKey cannot be prefixed with aws:', { TagKey }),
}

const KINDS = { bucket: BUCKET, newBucket: NEW_BUCKET, object: OBJECT }

/** Tags as they are kept: keys once, in bounds. */
export const requireTags = (tags: readonly Tag[], kind: keyof typeof KINDS): readonly ObjectTag[] => {
  const { most, tooMany, reserved } = KINDS[kind]
  if (tags.length > most) throw new Fault('BadRequest', tooMany)
  const seen = new Set<string>()
  return tags.map(({ Key = '', Value = '' }) => {
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key.slice(0, 256) })
    if (Key.startsWith('aws:')) throw reserved(Key.slice(0, 256))
    if (Key === '' || Key.length > 128 || !TEXT.test(Key)) throw invalidTag('The TagKey you have provided is invalid', { TagKey: Key.slice(0, 256) })
    if (Value.length > 256 || !TEXT.test(Value)) {
      throw invalidTag('The TagValue you have provided is invalid', { TagKey: Key, TagValue: Value.slice(0, 512) })
    }
    seen.add(Key)
    return { Key, Value }
  })
}

/** Tags of an object as a header gives them, in the form of a query; undefined for none. */
export const headerTags = (header: string | undefined): readonly ObjectTag[] | undefined => {
  if (header === undefined || header === '') return undefined
  const fail = (): never => {
    const rule = 'shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.'
    throw invalidArgument(`The header 'x-amz-tagging' ${rule}`, 'x-amz-tagging', header)
  }
  const tags = header.split('&').filter(pair => pair !== '').map(pair => {
    const [Key, Value = '', ...more] = pair.split('=').map(text => decoded(text) ?? fail())
    return Key === undefined || Key === '' || more.length > 0 ? fail() : { Key, Value }
  })
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) fail()
  return tags.length === 0 ? undefined : requireTags(tags, 'object')
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** Who gives tags with an object must be allowed to give it tags. */
export const mayTag = (tagging: string | undefined, resource: string): readonly { readonly permission: string; readonly resource: string }[] =>
  tagging === undefined || tagging === '' ? [] : [{ permission: 'PutObjectTagging', resource }]

const invalidTag = (text: string, members: Readonly<Record<string, string>>): Fault => new Fault('InvalidTag', text, { members })
