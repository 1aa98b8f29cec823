import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { LogExportRuns } from '../jobs/log-exports/log-export-runs.ts'
import type { ExportObjects } from '../jobs/log-exports/ports.ts'
import { EXPORTED } from '../model/object.ts'
import type { Stores } from './stores.ts'

export type ExportStores = Pick<Stores, 'logs' | 'bodies'> & { readonly control: Pick<Stores['control'], 'logExports' | 'buckets' | 'objects'> }

/** Exports of log events into the house's own buckets. */
export const logExports = (stores: ExportStores, clock: Clock, entropy: Entropy, log: Log): LogExportRuns => {
  const { control, logs } = stores
  return new LogExportRuns({ book: control.logExports, groups: logs.directory, reads: logs.reads, objects: exportObjects(stores, clock, entropy), clock, log })
}

/** Objects as PutObject writes them: the file first, then the row that makes it visible. */
const exportObjects = ({ control: { buckets, objects }, bodies }: ExportStores, clock: Clock, entropy: Entropy): ExportObjects => ({
  async write(tenant, name, key, source) {
    const bucket = await buckets.get(tenant.account, name)
    if (bucket === undefined || bucket.tenant.region !== tenant.region) return false
    const digest = createHash('md5')
    const blob = entropy.uuid().replaceAll('-', '')
    const size = await bodies.write(blob, digested(source, bytes => digest.update(bytes)))
    const parts = size === 0 ? [] : [{ blob, size }]
    const outcome = await objects.put(bucket, {
      key, version: blob, size, etag: digest.digest('hex'), modifiedAt: clock.now(), attributes: { contentType: EXPORTED }, parts,
    })
    if (outcome !== 'written') {
      await bodies.remove(parts.map(part => part.blob))
      return false
    }
    await bodies.settle(parts.map(part => part.blob))
    return true
  },
})

async function* digested(source: AsyncIterable<Uint8Array>, look: (bytes: Uint8Array) => unknown): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    look(bytes)
    yield bytes
  }
}
