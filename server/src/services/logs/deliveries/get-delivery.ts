import type { GetDeliveryCommandInput, GetDeliveryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { deliveryNotFound } from './delivery-faults.ts'
import { DELIVERY_ID } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DELIVERY_DIFFERENCE, shownDelivery } from './shown-delivery.ts'

const INPUT = structure({ id: DELIVERY_ID }, ['id'])

export const getDelivery = (store: LogDeliveryStore) =>
  operation<GetDeliveryCommandInput, GetDeliveryResponse>({
    name: 'GetDelivery',
    kind: 'read',
    access: 'signed',
    resources: ({ id = '' }, tenant) => [logDeliveryArn(tenant, id)],
    differs: [{ ...DELIVERY_DIFFERENCE, member: `delivery.${DELIVERY_DIFFERENCE.member}` }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const delivery = (await store.deliveries(tenant)).find(({ id }) => id === input.id)
      if (delivery === undefined) throw deliveryNotFound()
      return { delivery: shownDelivery(delivery) }
    },
  })
