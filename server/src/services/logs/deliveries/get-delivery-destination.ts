import type { GetDeliveryDestinationCommandInput, GetDeliveryDestinationResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import { deliveryDestinationNamed } from './destination-named.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DESTINATION_DIFFERENCE, shownDeliveryDestination } from './shown-destination.ts'

const INPUT = structure({ name: DELIVERY_NAME }, ['name'])

export const getDeliveryDestination = (store: LogDeliveryStore) =>
  operation<GetDeliveryDestinationCommandInput, GetDeliveryDestinationResponse>({
    name: 'GetDeliveryDestination',
    kind: 'read',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliveryDestinationArn(tenant, name)],
    differs: [{ ...DESTINATION_DIFFERENCE, member: `deliveryDestination.${DESTINATION_DIFFERENCE.member}` }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      return { deliveryDestination: shownDeliveryDestination(await deliveryDestinationNamed(store, tenant, input.name!)) }
    },
  })
