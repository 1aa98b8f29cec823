import type { AccountId } from '../../../base/tenancy.ts'
import type { Dashboard } from '../../../model/dashboard.ts'

/** Dashboards of an account. */
export interface DashboardStore {
  get(account: AccountId, name: string): Promise<Dashboard | undefined>
  /** By name in code units. */
  list(account: AccountId): Promise<readonly Dashboard[]>
  /** Creates with the tags, or overwrites the body and leaves the tags. */
  put(dashboard: Dashboard, tags: Readonly<Record<string, string>>): Promise<void>
  /** All of them, or none: answers the names that are not there. */
  delete(account: AccountId, names: readonly string[]): Promise<readonly string[]>
}
