import type { ListMetricStreamsCommandInput, ListMetricStreamsOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, integer, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import type { MetricStreamStore } from './metric-streams/ports.ts'
import { describeEntry } from './metric-streams/view.ts'
import { pageByName } from './name-pages.ts'

const INPUT = structure({ MaxResults: integer({ min: 1, max: 500 }) })

export const listMetricStreams = (streams: MetricStreamStore) =>
  operation<ListMetricStreamsCommandInput, ListMetricStreamsOutput>({
    name: 'ListMetricStreams',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { page, token } = pageByName(await streams.list(tenant), input, { operation: 'ListMetricStreams', tenant, request: null })
      return { Entries: page.map(describeEntry), ...token }
    },
  })
