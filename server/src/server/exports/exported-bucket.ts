import { createHash } from 'node:crypto'
import { sleep, type Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import { millis } from '../../base/time.ts'
import { ExportFailed } from '../../jobs/log-exports/export-failed.ts'
import { EXPORTED, type ObjectPart } from '../../model/object.ts'
import type { BucketAddress } from '../config/bucket-address.ts'
import { refusalText, s3Requests, textUpTo, type S3Http } from '../s3-requests.ts'
import { digested } from './digested.ts'
import type { ExportPlace } from './export-place.ts'

/** Where bytes wait whose length and digest must be said before they are sent. */
interface Spool {
  write(blob: string, source: AsyncIterable<Uint8Array>): Promise<number>
  read(parts: readonly ObjectPart[], from: number, to: number): Promise<AsyncIterable<Uint8Array>>
  remove(blobs: readonly string[]): Promise<void>
}

interface Parts {
  readonly http: S3Http
  readonly spool: Spool
  readonly clock: Clock
  readonly entropy: Entropy
}

/** Between two tries. */
const PAUSES = [millis(500), millis(2_000)]
const LARGEST_ANSWER = 64 * 1024

/** An S3-compatible bucket elsewhere that is exported into. */
export const exportedBucket = (address: BucketAddress, { http, spool, clock, entropy }: Parts): ExportPlace => {
  const send = s3Requests(address, http, clock)
  const { prefix } = address
  const base = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  return {
    async write(key, source) {
      const blob = entropy.uuid().replaceAll('-', '')
      try {
        const digest = createHash('sha256')
        const size = await spool.write(blob, digested(source, bytes => digest.update(bytes)))
        const sha256 = digest.digest('hex')
        const headers = { 'content-length': String(size), 'content-type': EXPORTED }
        const put = async (): Promise<string | undefined> => {
          const { status, body } = await send({ key: `${base}${key}`, headers, upload: { bytes: await spool.read([{ blob, size }], 0, size), sha256 } })
          const text = await textUpTo(body, LARGEST_ANSWER)
          if (status >= 200 && status < 300) return undefined
          const refusal = `it is answered with ${refusalText(status, text)}`
          if (status >= 500 || status === 429) throw new Error(refusal)
          return refusal
        }
        const refusal = await persistently(put, clock)
        if (refusal !== undefined) throw new ExportFailed(`PutObject call on the given bucket failed: ${refusal}.`)
      } finally {
        await spool.remove([blob])
      }
    },
  }
}

/** Tries again what is thrown; answers the last of it when it does not go away. */
const persistently = async (task: () => Promise<string | undefined>, clock: Clock): Promise<string | undefined> => {
  for (let tries = 0; ; tries++) {
    try {
      return await task()
    } catch (error) {
      const pause = PAUSES[tries]
      if (pause === undefined) return error instanceof Error ? error.message : String(error)
      await sleep(clock, pause)
    }
  }
}
