import type { UpdateDeliveryConfigurationCommandInput, UpdateDeliveryConfigurationResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn } from '../../../base/arn.ts'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { configurationOf, CONFIGURATION_DIFFERENCES } from './delivery-configuration.ts'
import { deliveryNotFound } from './delivery-faults.ts'
import { DELIVERY_CONFIGURATION, DELIVERY_ID } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'

const INPUT = structure({ id: DELIVERY_ID, ...DELIVERY_CONFIGURATION }, ['id'])

/** What the request leaves out stays as it is. */
export const updateDeliveryConfiguration = (store: LogDeliveryStore) =>
  operation<UpdateDeliveryConfigurationCommandInput, UpdateDeliveryConfigurationResponse>({
    name: 'UpdateDeliveryConfiguration',
    kind: 'write',
    access: 'signed',
    resources: ({ id = '' }, tenant) => [logDeliveryArn(tenant, id)],
    differs: CONFIGURATION_DIFFERENCES,
    async run(input, { tenant }) {
      validate(INPUT, input)
      const delivery = (await store.deliveries(tenant)).find(({ id }) => id === input.id)
      const source = (await store.sources(tenant)).find(({ name }) => name === delivery?.source)
      const destination = (await store.destinations(tenant)).find(({ name }) => name === delivery?.destination)
      if (delivery === undefined || source === undefined || destination === undefined) throw deliveryNotFound()
      const asked = configurationOf(source, destination, input)
      const updated = await store.update({
        ...delivery,
        recordFields: input.recordFields === undefined ? delivery.recordFields : asked.recordFields,
        fieldDelimiter: input.fieldDelimiter ?? delivery.fieldDelimiter,
        s3: input.s3DeliveryConfiguration === undefined ? delivery.s3 : asked.s3,
      })
      if (!updated) throw deliveryNotFound()
      return {}
    },
  })
