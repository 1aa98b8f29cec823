import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { BodyFiles } from '../../store/objects/body-files.ts'
import type { ExportDestination } from '../config/export-destinations.ts'
import type { S3Http } from '../s3-requests.ts'
import type { ExportPlaces } from './export-place.ts'
import { exportedBucket } from './exported-bucket.ts'
import { exportedFolder } from './exported-folder.ts'

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
