import type { DeleteLookupTableCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { tableOf } from './lookup-table-body.ts'
import type { LookupTableStore } from './ports.ts'

const INPUT = structure({ lookupTableArn: text() }, ['lookupTableArn'])

export const deleteLookupTable = (tables: LookupTableStore) =>
  operation<DeleteLookupTableCommandInput, void>({
    name: 'DeleteLookupTable',
    kind: 'write',
    access: 'signed',
    resources: input => [input.lookupTableArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      await tables.delete(tenant, tableOf(tables, tenant, input.lookupTableArn!).name)
    },
  })
