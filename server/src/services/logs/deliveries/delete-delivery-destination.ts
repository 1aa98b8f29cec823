import type { DeleteDeliveryDestinationCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { conflict, destinationNotFound } from './delivery-faults.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'

const INPUT = structure({ name: DELIVERY_NAME }, ['name'])

export const deleteDeliveryDestination = (store: LogDeliveryStore) =>
  operation<DeleteDeliveryDestinationCommandInput, undefined>({
    name: 'DeleteDeliveryDestination',
    kind: 'write',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliveryDestinationArn(tenant, name)],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const deleted = await store.deleteDestination(tenant, input.name!)
      if (deleted === 'missing') throw destinationNotFound()
      if (deleted === 'used') throw conflict('This Delivery Destination is used by a Delivery. Delete the Delivery first.')
      return undefined
    },
  })
