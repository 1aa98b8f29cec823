import type { Operation } from '../../operation.ts'
import type { LogGroupFigures, LogGroupStore } from '../ports.ts'
import type { DestinationParts } from '../subscription-destination.ts'
import { anomalyOperations } from '../anomalies/operations.ts'
import type { LogAnomalyPorts } from '../anomalies/ports.ts'
import { deliveryOperations } from '../deliveries/operations.ts'
import type { LogDeliveryPorts } from '../deliveries/ports.ts'
import { cancelExportTask } from './cancel-export-task.ts'
import { createExportTask } from './create-export-task.ts'
import { deleteAccountPolicy } from './delete-account-policy.ts'
import { deleteDataProtectionPolicy } from './delete-data-protection-policy.ts'
import { deleteIndexPolicy } from './delete-index-policy.ts'
import { deleteResourcePolicy } from './delete-resource-policy.ts'
import { deleteTransformer } from './delete-transformer.ts'
import { describeAccountPolicies } from './describe-account-policies.ts'
import { describeExportTasks } from './describe-export-tasks.ts'
import { describeFieldIndexes } from './describe-field-indexes.ts'
import { describeIndexPolicies } from './describe-index-policies.ts'
import { describeResourcePolicies } from './describe-resource-policies.ts'
import { getDataProtectionPolicy } from './get-data-protection-policy.ts'
import { getStorageTierPolicy } from './get-storage-tier-policy.ts'
import { getTransformer } from './get-transformer.ts'
import type { LogDocumentStore, LogExportPorts, LogProtectionStore, LogTransformerStore } from './ports.ts'
import { putAccountPolicy } from './put-account-policy.ts'
import { putDataProtectionPolicy } from './put-data-protection-policy.ts'
import { putIndexPolicy } from './put-index-policy.ts'
import { putResourcePolicy } from './put-resource-policy.ts'
import { putStorageTierPolicy } from './put-storage-tier-policy.ts'
import { putTransformer } from './put-transformer.ts'
import { testTransformer } from './test-transformer.ts'

export interface LogDefinitionPorts {
  readonly protections: LogProtectionStore
  readonly documents: LogDocumentStore
  readonly transformers: LogTransformerStore
  readonly exports: LogExportPorts
  readonly anomalies: LogAnomalyPorts
  readonly deliveries: LogDeliveryPorts
}

/** What is defined for log groups and accounts besides groups, filters and queries. */
export const definitionOperations = (
  groups: LogGroupStore, figures: LogGroupFigures, { protections, documents, transformers, exports, anomalies, deliveries }: LogDefinitionPorts, destinations: DestinationParts,
): readonly Operation[] => [
  putDataProtectionPolicy(groups, protections),
  getDataProtectionPolicy(groups, protections),
  deleteDataProtectionPolicy(groups, protections),
  putAccountPolicy(groups, figures, { protections, documents }, destinations),
  describeAccountPolicies({ protections, documents }),
  deleteAccountPolicy({ protections, documents }, { groups, figures }),
  putStorageTierPolicy(documents),
  getStorageTierPolicy(documents),
  putResourcePolicy(groups, documents),
  describeResourcePolicies(documents),
  deleteResourcePolicy(documents),
  putIndexPolicy(groups, documents),
  describeIndexPolicies(groups, { protections, documents }),
  describeFieldIndexes(groups, { protections, documents }),
  deleteIndexPolicy(groups, documents),
  putTransformer(groups, transformers),
  getTransformer(groups, transformers),
  deleteTransformer(groups, transformers),
  testTransformer(),
  createExportTask(groups, exports),
  describeExportTasks(exports),
  cancelExportTask(exports),
  ...anomalyOperations(groups, anomalies),
  ...deliveryOperations(deliveries),
]
