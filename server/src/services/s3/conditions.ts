import type { EpochMillis } from '../../base/time.ts'
import type { StoredObject, WriteCondition, WriteOutcome } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { noSuchBucket, noSuchKey, notModified, preconditionFailed } from './faults.ts'

interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

interface Reader {
  readonly now: EpochMillis
  /** Of the headers' names. */
  readonly prefix?: string
  /** How it is told that the reader has the object already. */
  readonly unchanged?: (condition: string) => Fault
}

export const bareEtag = (text: string): string => text.trim().replace(/^W\//, '').replaceAll('"', '')

const names = (header: string, etag: string): boolean => header.split(',').some(part => part.trim() === '*' || bareEtag(part) === etag)

/**
 * Throws 412 or 304 as https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2 says: an ETag that is asked for overrules a time.
 * Times are compared in whole seconds, as headers carry them; one that is still to come says nothing of changes.
 */
export const checkRead = (
  { etag, modifiedAt }: Pick<StoredObject, 'etag' | 'modifiedAt'>,
  conditions: ReadConditions,
  { now, prefix = '', unchanged = notModified }: Reader,
): void => {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  const seconds = Math.floor(modifiedAt / 1000) * 1000
  if (IfMatch !== undefined) {
    if (!names(IfMatch, etag)) throw preconditionFailed(`${prefix}If-Match`)
  } else if (IfUnmodifiedSince !== undefined && seconds > IfUnmodifiedSince.getTime()) throw preconditionFailed(`${prefix}If-Unmodified-Since`)
  if (IfNoneMatch !== undefined) {
    if (names(IfNoneMatch, etag)) throw unchanged(`${prefix}If-None-Match`)
  } else if (IfModifiedSince !== undefined && seconds <= IfModifiedSince.getTime() && IfModifiedSince.getTime() <= now) {
    throw unchanged(`${prefix}If-Modified-Since`)
  }
}

export const writeCondition = ({ IfMatch, IfNoneMatch }: Pick<ReadConditions, 'IfMatch' | 'IfNoneMatch'>): WriteCondition | undefined => {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw unsupportedCondition('If-Match,If-None-Match', 'Multiple conditional request headers present in the request')
  }
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== '*') throw unsupportedCondition('If-None-Match', NOT_TAKEN('If-None-Match'))
    return { kind: 'absent' }
  }
  if (IfMatch?.trim() === '*') throw unsupportedCondition('If-Match', NOT_TAKEN('If-Match'))
  return IfMatch === undefined ? undefined : { kind: 'etag', etag: bareEtag(IfMatch) }
}

const NOT_TAKEN = (header: string): string => `We don't accept the provided value of ${header} header for this API`

const unsupportedCondition = (header: string, why: string): Fault =>
  new Fault('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    status: 501,
    retryable: false,
    members: { Header: header, additionalMessage: why },
  })

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
