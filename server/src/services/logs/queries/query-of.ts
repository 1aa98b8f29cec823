import type { Tenant } from '../../../base/tenancy.ts'
import type { LogQuery } from '../../../model/log-query.ts'
import { notFound } from '../faults.ts'
import type { LogSearcher } from './ports.ts'

/** The tenant's query of that id; another tenant's is not there. */
export const queryOf = async (queries: Pick<LogSearcher, 'get'>, tenant: Tenant, id: string): Promise<LogQuery> => {
  const query = await queries.get(tenant, id)
  if (query === undefined) throw notFound('The specified query does not exist.')
  return query
}
