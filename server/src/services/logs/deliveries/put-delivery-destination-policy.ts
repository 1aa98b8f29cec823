import type { PutDeliveryDestinationPolicyCommandInput, PutDeliveryDestinationPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { invalid } from './delivery-faults.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { putPolicy } from './put-policy.ts'

const INPUT = structure(
  { deliveryDestinationName: DELIVERY_NAME, deliveryDestinationPolicy: text({ min: 1, max: 51_200 }) },
  ['deliveryDestinationName', 'deliveryDestinationPolicy'],
)

export const putDeliveryDestinationPolicy = (store: LogDeliveryStore) =>
  operation<PutDeliveryDestinationPolicyCommandInput, PutDeliveryDestinationPolicyResponse>({
    name: 'PutDeliveryDestinationPolicy',
    kind: 'write',
    access: 'signed',
    resources: ({ deliveryDestinationName = '' }, tenant) => [logDeliveryDestinationArn(tenant, deliveryDestinationName)],
    differs: [{ member: 'deliveryDestinationPolicy', how: 'recorded and shown; other accounts cannot deliver, whatever it allows' }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const policy = input.deliveryDestinationPolicy!
      if (!isPolicy(policy)) throw invalid('Invalid Delivery Destination resource Policy is provided.')
      await putPolicy(store, tenant, input.deliveryDestinationName!, policy)
      return { policy: { deliveryDestinationPolicy: policy } }
    },
  })

const isPolicy = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'Statement' in value
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
