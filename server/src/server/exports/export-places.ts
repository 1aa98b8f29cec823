import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { BodyFiles } from '../../store/objects/body-files.ts'
import type { ExportDestination } from '../config/export-destinations.ts'
import type { S3Http } from '../s3-requests.ts'
import { exportedBucket } from './exported-bucket.ts'
import { exportedFolder } from './exported-folder.ts'

/** Somewhere outside the house that log events are exported to. */
export interface ExportPlace {
  /** Throws `ExportFailed` where it does not take it. What was there under the key is replaced. */
  write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
}

/** Places by the name that exports ask for, of one tenant. */
export interface ExportPlaces {
  readonly home: Tenant
  readonly byName: ReadonlyMap<string, ExportPlace>
}

interface Parts {
  readonly home: Tenant
  readonly http: S3Http
  readonly bodies: BodyFiles
  readonly clock: Clock
  readonly entropy: Entropy
}

/** The places that the settings name; the account and region of the settings may export to them. */
export const exportPlaces = (destinations: readonly ExportDestination[], { home, http, bodies, clock, entropy }: Parts): ExportPlaces => ({
  home,
  byName: new Map(destinations.map(destination => [
    destination.name,
    destination.kind === 'folder' ? exportedFolder(destination.path) : exportedBucket(destination.address, { http, spool: bodies, clock, entropy }),
  ])),
})
