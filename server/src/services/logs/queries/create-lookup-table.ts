import type { CreateLookupTableCommandInput, CreateLookupTableResponse } from '@aws-sdk/client-cloudwatch-logs'
import { lookupTableArn } from '../../../base/arn.ts'
import { Fault } from '../../../wire/fault.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { checkTags } from '../tags.ts'
import { bodyOf, LOOKUP_TABLE_LIMITS, LOOKUP_TABLE_NAME, summaryOf } from './lookup-table-body.ts'
import type { LogSearcher, LookupTableStore } from './ports.ts'

const MAX_TABLES = 100
const INPUT = structure(
  { lookupTableName: LOOKUP_TABLE_NAME, tableBody: text({ min: 1, unsaid: true }), ...LOOKUP_TABLE_LIMITS },
  ['lookupTableName'],
)

export const createLookupTable = (tables: LookupTableStore, searcher: LogSearcher) =>
  operation<CreateLookupTableCommandInput, CreateLookupTableResponse>({
    name: 'CreateLookupTable',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [lookupTableArn(tenant, input.lookupTableName ?? '')],
    tagged: (input, tenant) => (input.tags === undefined ? undefined : lookupTableArn(tenant, input.lookupTableName ?? '')),
    differs: [{ member: 'kmsKeyId', how: 'recorded and shown; nothing is encrypted by it' }],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const tags = checkTags(input.tags)
      const name = input.lookupTableName!
      if (tables.get(tenant, name) !== undefined) throw new Fault('ResourceAlreadyExistsException', 'The specified lookup table already exists')
      if (tables.list(tenant).length >= MAX_TABLES) throw new Fault('LimitExceededException', 'Resource limit exceeded.')
      const body = await bodyOf(searcher, tenant, input)
      await tables.put(summaryOf({ tenant, name, description: input.description, kmsKeyId: input.kmsKeyId }, body, now), body, tags)
      return { lookupTableArn: lookupTableArn(tenant, name), createdAt: now }
    },
  })
