import type { DescribeDeliveryDestinationsCommandInput, DescribeDeliveryDestinationsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DEFAULT_PAGE, PAGE } from './delivery-limits.ts'
import { pageInOrder } from './delivery-page.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DESTINATION_DIFFERENCE, shownDeliveryDestination } from './shown-destination.ts'

const INPUT = structure(PAGE)

export const describeDeliveryDestinations = (store: LogDeliveryStore) =>
  operation<DescribeDeliveryDestinationsCommandInput, DescribeDeliveryDestinationsResponse>({
    name: 'DescribeDeliveryDestinations',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logDeliveryDestinationArn(tenant, '*')],
    differs: [{ ...DESTINATION_DIFFERENCE, member: `deliveryDestinations.${DESTINATION_DIFFERENCE.member}` }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const { items, nextToken } = pageInOrder(await store.destinations(tenant), ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_PAGE)
      return { deliveryDestinations: items.map(shownDeliveryDestination), nextToken }
    },
  })
