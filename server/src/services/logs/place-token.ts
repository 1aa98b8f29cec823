import type { LogBoundary } from '../../model/log-read.ts'
import { invalidParameter } from './faults.ts'

const MAX_SEQ = 2n ** 64n - 1n

/** A place in a group's events and the direction in which they are read from there. */
export interface SearchPlace {
  readonly boundary: LogBoundary
  readonly descending: boolean
}

/** As FilterLogEvents hands it out. */
export const placeToken = ({ boundary: { timestamp, seq }, descending }: SearchPlace): string =>
  Buffer.from(`${descending ? 'before' : 'from'}:${timestamp}:${seq}`).toString('base64url')

export const readPlaceToken = (token: string): SearchPlace => {
  const [, direction, timestamp, seq] = /^(before|from):(\d{1,16}):(\d{1,20})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? []
  if (timestamp === undefined || seq === undefined || BigInt(seq) > MAX_SEQ) throw invalidParameter('The specified nextToken is invalid.')
  return { boundary: { timestamp: Number(timestamp), seq: BigInt(seq) }, descending: direction === 'before' }
}
