import type { Entropy } from '../../base/entropy.ts'
import { InTurn } from '../../base/in-turn.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import { createAccessKey } from './create-access-key.ts'
import { createUser } from './create-user.ts'
import { deleteAccessKey } from './delete-access-key.ts'
import { deleteUserPolicy } from './delete-user-policy.ts'
import { deleteUser } from './delete-user.ts'
import { getUserPolicy } from './get-user-policy.ts'
import { getUser } from './get-user.ts'
import { listAccessKeys } from './list-access-keys.ts'
import { listGroupsForUser } from './list-groups-for-user.ts'
import { listUserPolicies } from './list-user-policies.ts'
import { listUserTags } from './list-user-tags.ts'
import { listUsers } from './list-users.ts'
import type { IamParts } from './parts.ts'
import type { AccessStore } from './ports.ts'
import { putUserPolicy } from './put-user-policy.ts'
import { tagUser } from './tag-user.ts'
import { untagUser } from './untag-user.ts'
import { updateAccessKey } from './update-access-key.ts'

/** What the roof plugs in. */
export interface IamPorts {
  readonly access: AccessStore
  readonly entropy: Entropy
  /** Called once a change of users, keys or policies is on disk: what was remembered of them is no longer true. */
  readonly changed: () => void
}

const OPERATIONS = [
  createUser, getUser, listUsers, deleteUser,
  tagUser, untagUser, listUserTags, listGroupsForUser,
  createAccessKey, listAccessKeys, updateAccessKey, deleteAccessKey,
  putUserPolicy, getUserPolicy, listUserPolicies, deleteUserPolicy,
]

export const iam = (ports: IamPorts): Service => {
  const parts: IamParts = { ...ports, turns: new InTurn() }
  return {
    actionPrefix: 'iam',
  lastingKeysOnly: true,
    signingNames: ['iam'],
    targetPrefix: undefined,
    queryVersion: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    queryCompatible: false,
    get schemas() {
      return publishedSchemas('client-iam')
    },
    operations: OPERATIONS.map(make => make(parts)),
  }
}
