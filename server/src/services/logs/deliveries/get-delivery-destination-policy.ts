import type { GetDeliveryDestinationPolicyCommandInput, GetDeliveryDestinationPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import { deliveryDestinationNamed } from './destination-named.ts'
import type { LogDeliveryStore } from './ports.ts'

const INPUT = structure({ deliveryDestinationName: DELIVERY_NAME }, ['deliveryDestinationName'])

export const getDeliveryDestinationPolicy = (store: LogDeliveryStore) =>
  operation<GetDeliveryDestinationPolicyCommandInput, GetDeliveryDestinationPolicyResponse>({
    name: 'GetDeliveryDestinationPolicy',
    kind: 'read',
    access: 'signed',
    resources: ({ deliveryDestinationName = '' }, tenant) => [logDeliveryDestinationArn(tenant, deliveryDestinationName)],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const { policy } = await deliveryDestinationNamed(store, tenant, input.deliveryDestinationName!)
      return { policy: { deliveryDestinationPolicy: policy } }
    },
  })
