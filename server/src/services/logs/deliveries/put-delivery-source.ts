import type { PutDeliverySourceCommandInput, PutDeliverySourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliverySourceArn, parseArn } from '../../../base/arn.ts'
import type { LogDeliverySource } from '../../../model/log-delivery.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { checkTags } from '../tags.ts'
import { conflict, invalid, lateTags, serviceNotFound, tooMany } from './delivery-faults.ts'
import { DELIVERY_NAME, LOG_TYPE, MAX_OF_A_KIND } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { shownSource, SOURCE_DIFFERENCES } from './shown-source.ts'
import { logTypesOf } from './vended-logs.ts'

const INPUT = structure({ name: DELIVERY_NAME, resourceArn: text(), logType: LOG_TYPE }, ['name', 'resourceArn', 'logType'])

export const putDeliverySource = (store: LogDeliveryStore) =>
  operation<PutDeliverySourceCommandInput, PutDeliverySourceResponse>({
    name: 'PutDeliverySource',
    kind: 'write',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliverySourceArn(tenant, name)],
    tagged: ({ name = '', tags }, tenant) => (tags === undefined ? undefined : logDeliverySourceArn(tenant, name)),
    differs: [
      { how: 'kept and shown; nothing is ever sent, since no service that sends logs lives here' },
      { member: 'resourceArn', how: 'its service is checked; that there is such a resource is not' },
      { member: 'deliverySourceConfiguration', how: 'recorded and shown' },
      ...SOURCE_DIFFERENCES.map(({ member, how }) => ({ member: `deliverySource.${member}`, how })),
    ],
    async run(input, { tenant, now }) {
      validate(INPUT, input)
      const tags = checkTags(input.tags, 'ValidationException')
      const [name, resourceArn, logType] = [input.name!, input.resourceArn!, input.logType!]
      const service = parseArn(resourceArn)?.service ?? ''
      const known = logTypesOf(service)
      if (known === undefined) throw serviceNotFound()
      // The blank is AWS's.
      if (!known.has(logType)) throw invalid(' This service is not allowed for this LogSource.')
      const source = await store.putSource(tenant, tags, (sources): LogDeliverySource => {
        const before = sources.find(one => one.name === name)
        if (before === undefined && sources.length >= MAX_OF_A_KIND) throw tooMany()
        if (before !== undefined && input.tags !== undefined) throw lateTags()
        if (before !== undefined && before.resourceArn !== resourceArn) {
          throw conflict('Update to existing Delivery Source with new ResourceId is not allowed. Please create a new Delivery Source instead.')
        }
        if (sources.some(one => one.name !== name && one.resourceArn === resourceArn && one.logType === logType)) {
          throw conflict('This ResourceId has already been used in another Delivery Source in this account.')
        }
        return { tenant, name, resourceArn, service, logType, configuration: input.deliverySourceConfiguration, createdAt: before?.createdAt ?? now }
      })
      return { deliverySource: shownSource(source) }
    },
  })
