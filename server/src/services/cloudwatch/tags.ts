import type { Tag } from '@aws-sdk/client-cloudwatch'
import type { Fault } from '../../wire/fault.ts'

/** At most so many tags on one resource. */
const TAG_LIMIT = 50

/** Tags as a record, refusing what AWS refuses: a key given twice, its own prefix. */
export const tagRecord = (tags: readonly Tag[], refuse: (message: string) => Fault): Readonly<Record<string, string>> => {
  const pairs = new Map<string, string>()
  for (const { Key = '', Value = '' } of tags) {
    if (pairs.has(Key)) throw refuse(`Duplicate tag keys found: ${Key}`)
    if (/^aws:/i.test(Key)) throw refuse('Tag keys starting with aws: are reserved for system use')
    pairs.set(Key, Value)
  }
  return requireTagLimit(Object.fromEntries(pairs), refuse)
}

export const requireTagLimit = <Tags extends Readonly<Record<string, string>>>(tags: Tags, refuse: (message: string) => Fault): Tags => {
  if (Object.keys(tags).length > TAG_LIMIT) throw refuse(`A resource can have at most ${TAG_LIMIT} tags`)
  return tags
}

/** What a request with tags gives them to. */
export const taggedIn = ({ Tags }: { readonly Tags?: readonly Tag[] | undefined }, arn: string): string | undefined =>
  Tags === undefined || Tags.length === 0 ? undefined : arn
