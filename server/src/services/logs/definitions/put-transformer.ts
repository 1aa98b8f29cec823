import type { PutTransformerCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { standardOnly } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogTransformerStore } from './ports.ts'
import { readTransformer, TRANSFORMER_CONFIG, transformerDifferences } from './transformer-config.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER, transformerConfig: TRANSFORMER_CONFIG }, ['logGroupIdentifier', 'transformerConfig'])

export const putTransformer = (groups: LogGroupStore, transformers: LogTransformerStore) =>
  operation<PutTransformerCommandInput, undefined>({
    name: 'PutTransformer',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    differs: [
      { how: 'Logs Insights finds the fields of transformed events and shows messages as they came; GetLogRecord and GetLogGroupFields show the fields of events as they came, as queries do that unmask them' },
      ...transformerDifferences('transformerConfig'),
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (group.class !== 'STANDARD') throw standardOnly()
      readTransformer(input.transformerConfig!)
      await transformers.put(group, JSON.stringify(input.transformerConfig), now)
      return undefined
    },
  })
