import type { GetTransformerCommandInput, GetTransformerResponse, Processor } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogTransformerStore } from './ports.ts'
import { transformerDifferences } from './transformer-config.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER }, ['logGroupIdentifier'])

/** Of a group without a transformer, an empty answer. */
export const getTransformer = (groups: LogGroupStore, transformers: LogTransformerStore) =>
  operation<GetTransformerCommandInput, GetTransformerResponse>({
    name: 'GetTransformer',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: transformerDifferences('transformerConfig'),
    run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      const kept = transformers.get(group)
      if (kept === undefined) return {}
      const { document, createdAt: creationTime, updatedAt: lastModifiedTime } = kept
      return { logGroupIdentifier: group.arn, creationTime, lastModifiedTime, transformerConfig: JSON.parse(document) as Processor[] }
    },
  })
