import type { Operation } from '../../operation.ts'
import type { LogGroupStore } from '../ports.ts'
import { deleteAccountPolicy } from './delete-account-policy.ts'
import { deleteDataProtectionPolicy } from './delete-data-protection-policy.ts'
import { describeAccountPolicies } from './describe-account-policies.ts'
import { getDataProtectionPolicy } from './get-data-protection-policy.ts'
import type { LogDocumentStore, LogProtectionStore } from './ports.ts'
import { putAccountPolicy } from './put-account-policy.ts'
import { putDataProtectionPolicy } from './put-data-protection-policy.ts'

export interface LogDefinitionPorts {
  readonly protections: LogProtectionStore
  readonly documents: LogDocumentStore
}

/** What is defined for log groups and accounts besides groups, filters and queries. */
export const definitionOperations = (groups: LogGroupStore, { protections, documents }: LogDefinitionPorts): readonly Operation[] => [
  putDataProtectionPolicy(groups, protections),
  getDataProtectionPolicy(groups, protections),
  deleteDataProtectionPolicy(groups, protections),
  putAccountPolicy(groups, { protections, documents }),
  describeAccountPolicies({ protections, documents }),
  deleteAccountPolicy({ protections, documents }),
]
