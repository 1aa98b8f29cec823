import type { StoredObject, WriteCondition, WriteOutcome } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { noSuchBucket, noSuchKey, notHere, notModified, preconditionFailed } from './faults.ts'

interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

export const bareEtag = (text: string): string => text.trim().replace(/^W\//, '').replaceAll('"', '')

const names = (header: string, etag: string): boolean => header.split(',').some(part => part.trim() === '*' || bareEtag(part) === etag)

/**
 * Throws 412 or 304 as https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2 says: an ETag that is asked for overrules a time.
 * Times are compared in whole seconds, as headers carry them.
 */
export const checkRead = (
  { etag, modifiedAt }: Pick<StoredObject, 'etag' | 'modifiedAt'>,
  conditions: ReadConditions,
  unchanged = notModified,
): void => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  const seconds = Math.floor(modifiedAt / 1000) * 1000
  if (IfMatch !== undefined) {
    if (!names(IfMatch, etag)) throw preconditionFailed('If-Match')
  } else if (IfUnmodifiedSince !== undefined && seconds > IfUnmodifiedSince.getTime()) throw preconditionFailed('If-Unmodified-Since')
  if (IfNoneMatch !== undefined) {
    if (names(IfNoneMatch, etag)) throw unchanged()
  } else if (IfModifiedSince !== undefined && seconds <= IfModifiedSince.getTime()) throw unchanged()
}

export const writeCondition = ({ IfMatch, IfNoneMatch }: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>): WriteCondition | undefined => {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== '*') throw notHere('If-None-Match with anything but *')
    return { kind: 'absent' }
  }
  return IfMatch === undefined ? undefined : { kind: 'etag', etag: bareEtag(IfMatch) }
}

/** Throws unless the write took place. */
export const requireWritten = (outcome: WriteOutcome, bucket: string, key: string): void => {
  switch (outcome) {
    case 'written':
      return
    case 'gone':
      throw noSuchBucket(bucket)
    case 'exists':
      throw preconditionFailed('If-None-Match')
    case 'differs':
      throw preconditionFailed('If-Match')
    case 'missing':
      throw noSuchKey(key)
    default:
      throw new Fault('InternalError', outcome satisfies never, { status: 500 })
  }
}
