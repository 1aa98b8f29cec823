import type { GetLookupTableCommandInput, GetLookupTableResponse } from '@aws-sdk/client-cloudwatch-logs'
import { lookupTableArn } from '../../../base/arn.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { tableOf } from './lookup-table-body.ts'
import type { LookupTableStore } from './ports.ts'

const INPUT = structure({ lookupTableArn: text() }, ['lookupTableArn'])

export const getLookupTable = (tables: LookupTableStore) =>
  operation<GetLookupTableCommandInput, GetLookupTableResponse>({
    name: 'GetLookupTable',
    kind: 'read',
    access: 'signed',
    resources: input => [input.lookupTableArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { name, description, bytes, updatedAt, kmsKeyId } = tableOf(tables, tenant, input.lookupTableArn!)
      const tableBody = await tables.body(tenant, name)
      return { lookupTableArn: lookupTableArn(tenant, name), lookupTableName: name, description, tableBody, sizeBytes: bytes, lastUpdatedTime: updatedAt, kmsKeyId }
    },
  })
