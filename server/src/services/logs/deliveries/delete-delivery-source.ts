import type { DeleteDeliverySourceCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliverySourceArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { conflict, sourceNotFound } from './delivery-faults.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'

const INPUT = structure({ name: DELIVERY_NAME }, ['name'])

export const deleteDeliverySource = (store: LogDeliveryStore) =>
  operation<DeleteDeliverySourceCommandInput, undefined>({
    name: 'DeleteDeliverySource',
    kind: 'write',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliverySourceArn(tenant, name)],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const deleted = await store.deleteSource(tenant, input.name!)
      if (deleted === 'missing') throw sourceNotFound()
      if (deleted === 'used') throw conflict('This Delivery Source is used by a Delivery. Delete the Delivery first.')
      return undefined
    },
  })
