import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A query that somebody saved under a name. */
export interface QueryDefinition {
  readonly tenant: Tenant
  readonly id: string
  readonly name: string
  readonly text: string
  readonly groups: readonly string[]
  readonly parameters: readonly QueryParameter[]
  readonly modifiedAt: EpochMillis
}

/** What `{{name}}` in a saved query stands for. */
interface QueryParameter {
  readonly name: string
  readonly defaultValue: string | undefined
  readonly description: string | undefined
}
