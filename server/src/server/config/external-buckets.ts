import { parseBucketAddress, type BucketAddress } from './bucket-address.ts'

/** A bucket elsewhere whose objects hold logs. */
export interface ExternalBucket extends BucketAddress {
  /** Undefined: rules decide. */
  readonly logGroup: string | undefined
}

/** Addresses separated by blanks: `https://KEY:SECRET@host/bucket/prefix?region=eu-west-1&group=/web`. Throws an error that says what is wrong. */
export const parseExternalBuckets = (text: string): readonly ExternalBucket[] => text.split(/\s+/).filter(address => address !== '').map(bucketOf)

const bucketOf = (text: string): ExternalBucket => {
  const { address, more } = parseBucketAddress(text, 'group')
  const logGroup = more.get('group') ?? undefined
  if (logGroup !== undefined && !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroup)) throw new Error('must name log groups by letters, digits and . - _ / #')
  return { ...address, logGroup }
}
