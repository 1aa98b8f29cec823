import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import { LogExportRuns } from '../jobs/log-exports/log-export-runs.ts'
import type { ExportObjects } from '../jobs/log-exports/ports.ts'
import { EXPORTED } from '../model/object.ts'
import { digested } from './exports/digested.ts'
import type { ExportPlaces } from './exports/export-place.ts'
import type { Stores } from './stores.ts'

export type ExportStores = Pick<Stores, 'logs' | 'bodies'> & { readonly control: Pick<Stores['control'], 'logExports' | 'buckets' | 'objects'> }

/** Exports of log events into the house's own buckets, and to what the settings name elsewhere. */
export const logExports = (stores: ExportStores, clock: Clock, entropy: Entropy, log: Log, elsewhere?: ExportPlaces): LogExportRuns => {
  const { control, logs } = stores
  const own = exportObjects(stores, clock, entropy)
  const objects = elsewhere === undefined ? own : withPlaces(own, elsewhere)
  return new LogExportRuns({ book: control.logExports, groups: logs.directory, reads: logs.reads, objects, clock, log })
}

/** A place of the settings goes before a bucket of the same name. */
const withPlaces = (own: ExportObjects, { home, byName }: ExportPlaces): ExportObjects => ({
  async write(tenant, name, key, source) {
    const place = tenant.account === home.account && tenant.region === home.region ? byName.get(name) : undefined
    if (place === undefined) return own.write(tenant, name, key, source)
    await place.write(key, source)
    return true
  },
})

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
