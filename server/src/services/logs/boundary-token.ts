import type { LogBoundary } from '../../model/log-read.ts'
import { invalidParameter } from './faults.ts'

const MAX_SEQ = 2n ** 64n - 1n

/** A place in a group's events, as FilterLogEvents hands it out. */
export const boundaryToken = ({ timestamp, seq }: LogBoundary): string => Buffer.from(`at:${timestamp}:${seq}`).toString('base64url')

export const readBoundaryToken = (token: string): LogBoundary => {
  const [, timestamp, seq] = /^at:(\d{1,16}):(\d{1,20})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? []
  if (timestamp === undefined || seq === undefined || BigInt(seq) > MAX_SEQ) throw invalidParameter('The specified nextToken is invalid.')
  return { timestamp: Number(timestamp), seq: BigInt(seq) }
}
