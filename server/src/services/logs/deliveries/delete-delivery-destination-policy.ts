import type { DeleteDeliveryDestinationPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { putPolicy } from './put-policy.ts'

const INPUT = structure({ deliveryDestinationName: DELIVERY_NAME }, ['deliveryDestinationName'])

export const deleteDeliveryDestinationPolicy = (store: LogDeliveryStore) =>
  operation<DeleteDeliveryDestinationPolicyCommandInput, undefined>({
    name: 'DeleteDeliveryDestinationPolicy',
    kind: 'write',
    access: 'signed',
    resources: ({ deliveryDestinationName = '' }, tenant) => [logDeliveryDestinationArn(tenant, deliveryDestinationName)],
    async run(input, { tenant }) {
      validate(INPUT, input)
      await putPolicy(store, tenant, input.deliveryDestinationName!, undefined)
      return undefined
    },
  })
