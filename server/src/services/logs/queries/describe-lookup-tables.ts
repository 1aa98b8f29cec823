import type { DescribeLookupTablesCommandInput, DescribeLookupTablesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { lookupTableArn } from '../../../base/arn.ts'
import { integer, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { LOOKUP_TABLE_NAME } from './lookup-table-body.ts'
import { pageByName } from '../name-page.ts'
import type { LookupTableStore } from './ports.ts'

const INPUT = structure({
  lookupTableNamePrefix: LOOKUP_TABLE_NAME,
  maxResults: integer({ min: 1, max: 100 }),
  nextToken: NEXT_TOKEN,
})
const DEFAULT_RESULTS = 50

export const describeLookupTables = (tables: LookupTableStore) =>
  operation<DescribeLookupTablesCommandInput, DescribeLookupTablesResponse>({
    name: 'DescribeLookupTables',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [lookupTableArn(tenant, '*')],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { lookupTableNamePrefix: prefix = '' } = input
      const named = tables.list(tenant).filter(({ name }) => name.startsWith(prefix))
      const { items, nextToken } = pageByName(named, input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      const lookupTables = items.map(({ name, description, columns, records, bytes, updatedAt, kmsKeyId }) => ({
        lookupTableArn: lookupTableArn(tenant, name),
        lookupTableName: name,
        description,
        tableFields: [...columns],
        recordsCount: records,
        sizeBytes: bytes,
        lastUpdatedTime: updatedAt,
        kmsKeyId,
      }))
      return { lookupTables, nextToken }
    },
  })
