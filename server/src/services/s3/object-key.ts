import { Fault } from '../../wire/fault.ts'
import { invalidArgument } from './faults.ts'

/** Bytes of UTF-8. */
const LONGEST_KEY = 1024

/** The key, checked. It never becomes a path here, but whoever copies a bucket into a folder makes one of it. */
export const requireKey = (key: string | undefined): string => {
  const size = Buffer.byteLength(key ?? '')
  if (size > LONGEST_KEY) {
    throw new Fault('KeyTooLongError', 'Your key is too long', { members: { Size: String(size), MaxSizeAllowed: String(LONGEST_KEY) } })
  }
  if (key === undefined || key === '' || key.includes('\0') || climbsOut(key)) {
    throw new Fault('InvalidURI', "Couldn't parse the specified URI.")
  }
  return key
}

/** `../x`, `a/../../x`: out of the bucket, as S3 sees it. */
const climbsOut = (key: string): boolean => {
  let depth = 0
  for (const segment of key.split('/')) {
    if (segment === '..') depth--
    else if (segment !== '.' && segment !== '') depth++
    if (depth < 0) return true
  }
  return false
}

/** Buckets keep one version of a key, which S3 calls `null`. */
export const requireNullVersion = (version: string | undefined): void => {
  if (version === undefined || version === 'null') return
  throw invalidArgument('Invalid version id specified', 'versionId', version)
}
