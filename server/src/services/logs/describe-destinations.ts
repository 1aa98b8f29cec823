import type { DescribeDestinationsCommandInput, DescribeDestinationsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDestinationArn } from '../../base/arn.ts'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { DESTINATION_NAME, shownDestination } from './destinations.ts'
import { DESCRIBE_LIMIT, PAGE_SIZE } from './filter-rules.ts'
import { check, NEXT_TOKEN } from './limits.ts'
import { pageByName } from './name-page.ts'
import type { LogDestinationStore } from './ports.ts'

const INPUT = structure({ DestinationNamePrefix: DESTINATION_NAME, nextToken: NEXT_TOKEN, limit: PAGE_SIZE })

export const describeDestinations = (destinations: LogDestinationStore) =>
  operation<DescribeDestinationsCommandInput, DescribeDestinationsResponse>({
    name: 'DescribeDestinations',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logDestinationArn(tenant, '*')],
    run(input, { tenant }) {
      check(INPUT, input)
      const found = destinations.list(tenant).filter(({ name }) => name.startsWith(input.DestinationNamePrefix ?? ''))
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DESCRIBE_LIMIT)
      return { destinations: items.map(shownDestination), nextToken }
    },
  })
