import type { PutStorageTierPolicyCommandInput, PutStorageTierPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { oneOf, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import type { LogDocumentStore } from './ports.ts'
import { STORAGE_TIER } from './storage-tier.ts'

const INPUT = structure({ storageTier: oneOf(['STANDARD', 'INTELLIGENT_TIERING']) }, ['storageTier'])

export const putStorageTierPolicy = (documents: LogDocumentStore) =>
  operation<PutStorageTierPolicyCommandInput, PutStorageTierPolicyResponse>({
    name: 'PutStorageTierPolicy',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'storageTier', how: 'recorded and shown: all events are kept alike' }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const storageTier = input.storageTier!
      await documents.put({ tenant, ...STORAGE_TIER, group: undefined, document: storageTier, createdAt: now, updatedAt: now })
      return { storageTier, lastUpdatedTime: now }
    },
  })
