import type { CreateDeliveryCommandInput, CreateDeliveryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn, logDeliveryDestinationArn, logDeliverySourceArn } from '../../../base/arn.ts'
import type { Entropy } from '../../../base/entropy.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { checkTags } from '../tags.ts'
import { configurationOf, CONFIGURATION_DIFFERENCES } from './delivery-configuration.ts'
import { conflict, destinationNotFound, invalid, sourceNotFound, tooMany } from './delivery-faults.ts'
import { DELIVERY_CONFIGURATION, DELIVERY_NAME, MAX_OF_A_KIND } from './delivery-limits.ts'
import type { LogDeliveryPorts } from './ports.ts'
import { DELIVERY_DIFFERENCE, shownDelivery } from './shown-delivery.ts'
import { destinationsOf } from './vended-logs.ts'

const INPUT = structure(
  { deliverySourceName: DELIVERY_NAME, deliveryDestinationArn: text(), ...DELIVERY_CONFIGURATION },
  ['deliverySourceName', 'deliveryDestinationArn'],
)

export const createDelivery = ({ store, entropy }: LogDeliveryPorts) =>
  operation<CreateDeliveryCommandInput, CreateDeliveryResponse>({
    name: 'CreateDelivery',
    kind: 'write',
    access: 'signed',
    resources: ({ deliverySourceName = '', deliveryDestinationArn = '' }, tenant) => [
      logDeliveryArn(tenant, '*'), logDeliverySourceArn(tenant, deliverySourceName), deliveryDestinationArn,
    ],
    tagged: ({ tags }, tenant) => (tags === undefined ? undefined : logDeliveryArn(tenant, '*')),
    differs: [
      { how: 'kept and shown; nothing is ever delivered, since no service that sends logs lives here' },
      { member: 'deliveryDestinationArn', how: 'of the same account and region' },
      ...CONFIGURATION_DIFFERENCES,
      { ...DELIVERY_DIFFERENCE, member: `delivery.${DELIVERY_DIFFERENCE.member}` },
    ],
    async run(input, { tenant, now }) {
      validate(INPUT, input)
      const tags = checkTags(input.tags, 'ValidationException')
      const delivery = await store.create(tenant, tags, ({ sources, destinations, deliveries }) => {
        const source = sources.find(({ name }) => name === input.deliverySourceName)
        if (source === undefined) throw sourceNotFound()
        const destination = destinations.find(({ name }) => logDeliveryDestinationArn(tenant, name) === input.deliveryDestinationArn)
        if (destination === undefined) throw destinationNotFound()
        const ofSource = deliveries.filter(one => one.source === source.name)
        if (ofSource.some(one => one.destination === destination.name)) throw conflict('The specified Delivery already exists')
        if (ofSource.some(({ type }) => type === destination.type)) {
          throw conflict('Delivery already exists for this Delivery Source with the same Delivery Destination Type.')
        }
        if (!destinationsOf(source.service, source.logType).has(destination.type)) {
          throw invalid(`Delivery Destination Type ${destination.type} is not supported for this Delivery Source.`)
        }
        if (deliveries.length >= MAX_OF_A_KIND) throw tooMany()
        const { type } = destination
        return { tenant, id: deliveryId(entropy), source: source.name, destination: destination.name, type, ...configurationOf(source, destination, input), createdAt: now }
      })
      return { delivery: shownDelivery(delivery) }
    },
  })

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const deliveryId = (entropy: Entropy): string => Array.from({ length: 16 }, () => LETTERS[Math.floor(entropy.fraction() * LETTERS.length)]).join('')
