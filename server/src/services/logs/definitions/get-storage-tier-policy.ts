import type { GetStorageTierPolicyCommandInput, GetStorageTierPolicyResponse, StorageTier } from '@aws-sdk/client-cloudwatch-logs'
import { operation } from '../../operation.ts'
import type { LogDocumentStore } from './ports.ts'
import { STORAGE_TIER } from './storage-tier.ts'

export const getStorageTierPolicy = (documents: LogDocumentStore) =>
  operation<GetStorageTierPolicyCommandInput, GetStorageTierPolicyResponse>({
    name: 'GetStorageTierPolicy',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(_, { tenant }) {
      const found = await documents.get(tenant, STORAGE_TIER.kind, STORAGE_TIER.name)
      return found === undefined ? { storageTier: 'STANDARD' } : { storageTier: found.document as StorageTier, lastUpdatedTime: found.updatedAt }
    },
  })
