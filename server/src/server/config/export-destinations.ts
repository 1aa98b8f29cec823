import { basename, isAbsolute, resolve } from 'node:path'
import { parseBucketAddress, type BucketAddress } from './bucket-address.ts'

/** Where log events may be exported to besides the house's own buckets. */
export type ExportDestination =
  | { readonly kind: 'folder'; readonly name: string; readonly path: string }
  | { readonly kind: 'bucket'; readonly name: string; readonly address: BucketAddress }

/** As a bucket is called, since exports ask for them in the place of one. */
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * Separated by blanks: folders, `/var/exports` or `/var/exports=archive`, and buckets, `https://KEY:SECRET@host/bucket/prefix?region=eu-west-1&name=archive`.
 * Without a name it is the folder's or the bucket's own. Throws an error that says what is wrong.
 */
export const parseExportDestinations = (text: string): readonly ExportDestination[] => {
  const destinations = text.split(/\s+/).filter(entry => entry !== '').map(entry => (entry.includes('://') ? bucketOf(entry) : folderOf(entry)))
  const names = new Set<string>()
  for (const { name } of destinations) {
    if (!NAME.test(name)) throw new Error(`must have names as buckets have, not ${name}`)
    if (names.has(name)) throw new Error(`must have a name each, not ${name} twice`)
    names.add(name)
  }
  return destinations
}

const bucketOf = (entry: string): ExportDestination => {
  const { address, more } = parseBucketAddress(entry, 'name')
  return { kind: 'bucket', name: more.get('name') ?? address.bucket, address }
}

const folderOf = (entry: string): ExportDestination => {
  const equals = entry.lastIndexOf('=')
  const path = equals < 0 ? entry : entry.slice(0, equals)
  if (!isAbsolute(path)) throw new Error('must be absolute paths of folders, or URLs of buckets')
  return { kind: 'folder', name: equals < 0 ? basename(path) : entry.slice(equals + 1), path: resolve(path) }
}
