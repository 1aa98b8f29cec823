import type { GetDeliverySourceCommandInput, GetDeliverySourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliverySourceArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { sourceNotFound } from './delivery-faults.ts'
import { DELIVERY_NAME } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { shownSource, SOURCE_DIFFERENCES } from './shown-source.ts'

const INPUT = structure({ name: DELIVERY_NAME }, ['name'])

export const getDeliverySource = (store: LogDeliveryStore) =>
  operation<GetDeliverySourceCommandInput, GetDeliverySourceResponse>({
    name: 'GetDeliverySource',
    kind: 'read',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliverySourceArn(tenant, name)],
    differs: SOURCE_DIFFERENCES.map(({ member, how }) => ({ member: `deliverySource.${member}`, how })),
    async run(input, { tenant }) {
      validate(INPUT, input)
      const source = (await store.sources(tenant)).find(({ name }) => name === input.name)
      if (source === undefined) throw sourceNotFound()
      return { deliverySource: shownSource(source) }
    },
  })
