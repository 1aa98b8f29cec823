import type { UpdateLookupTableCommandInput, UpdateLookupTableResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { bodyOf, LOOKUP_TABLE_LIMITS, summaryOf, tableOf } from './lookup-table-body.ts'
import type { LogSearcher, LookupTableStore } from './ports.ts'

const INPUT = structure({ lookupTableArn: text(), tableBody: text({ min: 1, unsaid: true }), ...LOOKUP_TABLE_LIMITS }, ['lookupTableArn'])

export const updateLookupTable = (tables: LookupTableStore, searcher: LogSearcher) =>
  operation<UpdateLookupTableCommandInput, UpdateLookupTableResponse>({
    name: 'UpdateLookupTable',
    kind: 'write',
    access: 'signed',
    resources: input => [input.lookupTableArn ?? '*'],
    differs: [{ member: 'kmsKeyId', how: 'recorded and shown; nothing is encrypted by it' }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { name, description, kmsKeyId } = tableOf(tables, tenant, input.lookupTableArn!)
      const body = await bodyOf(searcher, tenant, input)
      // An empty key takes the key away.
      const key = (input.kmsKeyId ?? kmsKeyId) || undefined
      await tables.put(summaryOf({ tenant, name, description: input.description ?? description, kmsKeyId: key }, body, now), body)
      return { lookupTableArn: input.lookupTableArn, lastUpdatedTime: now }
    },
  })
