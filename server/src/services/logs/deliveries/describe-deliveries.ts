import type { DescribeDeliveriesCommandInput, DescribeDeliveriesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DEFAULT_PAGE, PAGE } from './delivery-limits.ts'
import { pageInOrder } from './delivery-page.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DELIVERY_DIFFERENCE, shownDelivery } from './shown-delivery.ts'

const INPUT = structure(PAGE)

export const describeDeliveries = (store: LogDeliveryStore) =>
  operation<DescribeDeliveriesCommandInput, DescribeDeliveriesResponse>({
    name: 'DescribeDeliveries',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logDeliveryArn(tenant, '*')],
    differs: [{ ...DELIVERY_DIFFERENCE, member: `deliveries.${DELIVERY_DIFFERENCE.member}` }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const { items, nextToken } = pageInOrder(await store.deliveries(tenant), ({ id }) => id, input.nextToken, input.limit ?? DEFAULT_PAGE)
      return { deliveries: items.map(shownDelivery), nextToken }
    },
  })
