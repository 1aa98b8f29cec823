import type { StartMetricStreamsCommandInput } from '@aws-sdk/client-cloudwatch'
import type { MetricStream } from '../../../model/metric-stream.ts'
import { enforce, list, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameterValue } from '../faults.ts'
import { streamName } from './definition.ts'
import type { MetricStreamStore } from './ports.ts'
import { streamResources } from './resources.ts'

const INPUT = structure({ Names: list(streamName) }, ['Names'])

/** Starting and stopping differ by a word. All of the named streams are switched, or none when one is unknown. */
export const switchStreams = (name: string, state: MetricStream['state'], streams: MetricStreamStore) =>
  operation<StartMetricStreamsCommandInput, object>({
    name,
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => streamResources(input.Names ?? [], tenant),
    async run(input, { tenant, now }) {
      enforce(INPUT, input)
      const names = [...new Set(input.Names)]
      if (names.length === 0) throw invalidParameterValue('The parameter Names must have at least 1 member.')
      const known = new Set((await streams.list(tenant)).map(stream => stream.name))
      const missing = names.filter(candidate => !known.has(candidate))
      if (missing.length > 0) throw invalidParameterValue(`These metric streams do not exist: ${missing.join(', ')}`)
      await streams.switch(tenant, names, state, now)
      return {}
    },
  })
