import type { Tenant } from '../../base/tenancy.ts'

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
