import type { DescribeDeliverySourcesCommandInput, DescribeDeliverySourcesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliverySourceArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { DEFAULT_PAGE, PAGE } from './delivery-limits.ts'
import { pageInOrder } from './delivery-page.ts'
import type { LogDeliveryStore } from './ports.ts'
import { shownSource, SOURCE_DIFFERENCES } from './shown-source.ts'

const INPUT = structure(PAGE)

export const describeDeliverySources = (store: LogDeliveryStore) =>
  operation<DescribeDeliverySourcesCommandInput, DescribeDeliverySourcesResponse>({
    name: 'DescribeDeliverySources',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logDeliverySourceArn(tenant, '*')],
    differs: SOURCE_DIFFERENCES.map(({ member, how }) => ({ member: `deliverySources.${member}`, how })),
    async run(input, { tenant }) {
      validate(INPUT, input)
      const { items, nextToken } = pageInOrder(await store.sources(tenant), ({ name }) => name, input.nextToken, input.limit ?? DEFAULT_PAGE)
      return { deliverySources: items.map(shownSource), nextToken }
    },
  })
