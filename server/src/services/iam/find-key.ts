import type { AccessKey } from '../../model/access.ts'
import type { Call } from '../operation.ts'
import { noSuchKey } from './faults.ts'
import type { AccessStore } from './ports.ts'
import { callersName, findUser } from './users.ts'

/** A long-term key of the named user, or of the caller; anybody else's does not exist. */
export const findKey = async (access: AccessStore, call: Call, userName: string | undefined, id: string): Promise<AccessKey> => {
  const { tenant, principal } = call
  const { account } = tenant
  const name = userName ?? callersName(principal)
  if (name !== undefined) await findUser(access, account, name)
  const key = (await access.keys(account, name)).find(candidate => candidate.id === id)
  if (key === undefined) throw noSuchKey(id)
  return key
}
