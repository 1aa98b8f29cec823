import type { DescribeDeliveriesCommandInput, DescribeDeliveriesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn } from '../../../base/arn.ts'
import { list, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DEFAULT_PAGE, DELIVERY_NAME, PAGE } from './delivery-limits.ts'
import { pageInOrder } from './delivery-page.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DELIVERY_DIFFERENCE, shownDelivery } from './shown-delivery.ts'

const INPUT = structure({ ...PAGE, deliverySourceNames: list(DELIVERY_NAME) })

export const describeDeliveries = (store: LogDeliveryStore) =>
  operation<DescribeDeliveriesCommandInput, DescribeDeliveriesResponse>({
    name: 'DescribeDeliveries',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logDeliveryArn(tenant, '*')],
    differs: [{ ...DELIVERY_DIFFERENCE, member: `deliveries.${DELIVERY_DIFFERENCE.member}` }],
    async run(input, { tenant }) {
      validate(INPUT, input)
      const sources = input.deliverySourceNames
      const found = (await store.deliveries(tenant)).filter(({ source }) => sources === undefined || sources.includes(source))
      const { items, nextToken } = pageInOrder(found, ({ id }) => id, input.nextToken, input.limit ?? DEFAULT_PAGE)
      return { deliveries: items.map(shownDelivery), nextToken }
    },
  })
