import type { DeleteDeliveryCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { deliveryNotFound } from './delivery-faults.ts'
import { DELIVERY_ID } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'

const INPUT = structure({ id: DELIVERY_ID }, ['id'])

/** Its source and its destination stay. */
export const deleteDelivery = (store: LogDeliveryStore) =>
  operation<DeleteDeliveryCommandInput, undefined>({
    name: 'DeleteDelivery',
    kind: 'write',
    access: 'signed',
    resources: ({ id = '' }, tenant) => [logDeliveryArn(tenant, id)],
    async run(input, { tenant }) {
      validate(INPUT, input)
      if (!(await store.delete(tenant, input.id!))) throw deliveryNotFound()
      return undefined
    },
  })
