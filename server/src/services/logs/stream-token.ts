import type { LogBoundary } from '../../model/log-read.ts'
import { invalidParameter } from './faults.ts'

interface StreamToken {
  /** Forward or backward. */
  readonly direction: 'f' | 'b'
  readonly boundary: LogBoundary
}

/** Shaped as AWS's: direction, 56 digits, `/s`. */
export const streamToken = (direction: StreamToken['direction'], { timestamp, seq }: LogBoundary): string =>
  `${direction}/3${String(timestamp).padStart(17, '0')}${String(seq).padStart(20, '0')}${'0'.repeat(18)}/s`

export const readStreamToken = (token: string): StreamToken => {
  const [, direction, timestamp, seq] = /^([fb])\/3(\d{17})(\d{20})0{18}\/s$/.exec(token) ?? []
  if (direction === undefined || timestamp === undefined || seq === undefined || BigInt(seq) > MAX_SEQ) throw invalidParameter('The specified nextToken is invalid.')
  return { direction: direction as 'f' | 'b', boundary: { timestamp: Number(timestamp), seq: BigInt(seq) } }
}

const MAX_SEQ = 2n ** 64n - 1n
