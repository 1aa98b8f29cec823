import type { ObjectSummary } from '../../model/object.ts'
import { bucketArn } from './bucket-of.ts'
import { invalidArgument } from './faults.ts'
import { differences } from './unsupported.ts'

const MOST_KEYS = 1000

interface Asked {
  readonly Bucket?: string | undefined
  readonly Prefix?: string | undefined
  readonly Delimiter?: string | undefined
}

/** What both versions of ListObjects are alike in. */
export const listsKeys = {
  permission: 'ListBucket',
  kind: 'read',
  access: 'signed',
  resources: (input: Asked) => [bucketArn(input)],
  conditions: ({ Prefix = '', Delimiter = '' }: Asked) => ({ 's3:prefix': Prefix, 's3:delimiter': Delimiter }),
  differs: differences(['RequestPayer', 'RequestCharged'], [
    { member: 'OptionalObjectAttributes', how: 'without effect' },
    { member: 'Contents.RestoreStatus', how: 'never there' },
    { member: 'Contents.StorageClass', how: 'kept and shown, without effect' },
  ]),
} as const

/** How many are wanted, at most a thousand. */
export const limitOf = (asked: number | undefined, name: string): number => {
  if (asked === undefined) return MOST_KEYS
  if (!Number.isSafeInteger(asked) || asked < 0 || asked > 2_147_483_647) {
    throw invalidArgument(`Argument ${name} must be an integer between 0 and 2147483647`, name, String(asked))
  }
  return Math.min(asked, MOST_KEYS)
}

/** Where S3's encoding, which is that of forms but for slashes, is another than JavaScript's. */
const LIKE: Readonly<Record<string, string>> = { '%2F': '/', '%20': '+', '!': '%21', "'": '%27', '(': '%28', ')': '%29', '~': '%7E' }
const UNLIKE = /%2F|%20|[!'()~]/g

/** How keys are written: as they are, or so that XML can carry any. */
export const writerOf = (encoding: string | undefined): ((text: string) => string) => {
  if (encoding === undefined) return text => text
  if (encoding !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding)
  return text => encodeURIComponent(text).replaceAll(UNLIKE, character => LIKE[character] ?? character)
}

export const shownObject = ({ key, size, etag, modifiedAt, checksum, storageClass }: ObjectSummary, write: (text: string) => string) => ({
  Key: write(key),
  LastModified: new Date(modifiedAt),
  ETag: `"${etag}"`,
  ...(checksum === undefined ? {} : { ChecksumAlgorithm: [checksum.algorithm as 'CRC32'], ChecksumType: checksum.type }),
  Size: size,
  StorageClass: (storageClass ?? 'STANDARD') as 'STANDARD',
})
