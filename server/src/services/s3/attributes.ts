import type { ObjectAttributes, StoredObject } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { invalidArgument, notHere } from './faults.ts'
import { headerTags } from './tags.ts'

interface Described {
  readonly CacheControl?: string | undefined
  readonly ContentDisposition?: string | undefined
  readonly ContentEncoding?: string | undefined
  readonly ContentLanguage?: string | undefined
  readonly ContentType?: string | undefined
  readonly Expires?: Date | undefined
  readonly Metadata?: Readonly<Record<string, string>> | undefined
  readonly StorageClass?: string | undefined
  readonly Tagging?: string | undefined
  readonly WebsiteRedirectLocation?: string | undefined
}

/** Bytes of names and values together. */
const MOST_METADATA = 2048
const CLASSES = ['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR']
const FROZEN = ['GLACIER', 'DEEP_ARCHIVE']

/** What the writer says of an object. How it was wrapped on its way is no part of it. */
export const readAttributes = (input: Described): ObjectAttributes => {
  const metadata = input.Metadata ?? {}
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (size > MOST_METADATA) {
    const members = { Size: String(size), MaxSizeAllowed: String(MOST_METADATA) }
    throw new Fault('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', { members })
  }
  const { StorageClass: storageClass = 'STANDARD' } = input
  if (FROZEN.includes(storageClass)) throw notHere(`the storage class ${storageClass}, whose objects have to be restored before they are read`)
  if (!CLASSES.includes(storageClass)) {
    const members = { StorageClassRequested: storageClass.slice(0, 256) }
    throw new Fault('InvalidStorageClass', 'The storage class you specified is not valid', { members })
  }
  const redirect = input.WebsiteRedirectLocation
  if (redirect !== undefined && !/^(\/|https?:\/\/)/.test(redirect)) {
    throw invalidArgument(
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
      'x-amz-website-redirect-location',
      redirect,
    )
  }
  const codings = (input.ContentEncoding ?? '').split(',').map(part => part.trim()).filter(part => part !== '' && part !== 'aws-chunked')
  return {
    contentType: input.ContentType,
    contentEncoding: codings.length === 0 ? undefined : codings.join(','),
    contentLanguage: input.ContentLanguage,
    contentDisposition: input.ContentDisposition,
    cacheControl: input.CacheControl,
    expires: input.Expires?.toISOString(),
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
    storageClass: storageClass === 'STANDARD' ? undefined : storageClass,
    websiteRedirect: redirect,
    tags: headerTags(input.Tagging),
  }
}

/** As reads are told it again. */
export const shownAttributes = ({ attributes, etag, modifiedAt }: StoredObject) => ({
  AcceptRanges: 'bytes',
  LastModified: new Date(modifiedAt),
  ETag: `"${etag}"`,
  CacheControl: attributes.cacheControl,
  ContentDisposition: attributes.contentDisposition,
  ContentEncoding: attributes.contentEncoding,
  ContentLanguage: attributes.contentLanguage,
  ContentType: attributes.contentType ?? 'binary/octet-stream',
  Expires: attributes.expires === undefined ? undefined : new Date(attributes.expires),
  Metadata: attributes.metadata ?? {},
  WebsiteRedirectLocation: attributes.websiteRedirect,
  // S3 leaves the ordinary class out of headers.
  StorageClass: attributes.storageClass as 'STANDARD' | undefined,
  TagCount: attributes.tags?.length,
})
