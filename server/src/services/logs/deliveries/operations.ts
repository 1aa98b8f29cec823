import type { Operation } from '../../operation.ts'
import { createDelivery } from './create-delivery.ts'
import { deleteDelivery } from './delete-delivery.ts'
import { deleteDeliveryDestination } from './delete-delivery-destination.ts'
import { deleteDeliveryDestinationPolicy } from './delete-delivery-destination-policy.ts'
import { deleteDeliverySource } from './delete-delivery-source.ts'
import { describeConfigurationTemplates } from './describe-configuration-templates.ts'
import { describeDeliveries } from './describe-deliveries.ts'
import { describeDeliveryDestinations } from './describe-delivery-destinations.ts'
import { describeDeliverySources } from './describe-delivery-sources.ts'
import { getDelivery } from './get-delivery.ts'
import { getDeliveryDestination } from './get-delivery-destination.ts'
import { getDeliveryDestinationPolicy } from './get-delivery-destination-policy.ts'
import { getDeliverySource } from './get-delivery-source.ts'
import type { LogDeliveryPorts } from './ports.ts'
import { putDeliveryDestination } from './put-delivery-destination.ts'
import { putDeliveryDestinationPolicy } from './put-delivery-destination-policy.ts'
import { putDeliverySource } from './put-delivery-source.ts'
import { updateDeliveryConfiguration } from './update-delivery-configuration.ts'

/** Deliveries of logs that services send themselves: what people define of them. */
export const deliveryOperations = (ports: LogDeliveryPorts): readonly Operation[] => [
  putDeliverySource(ports.store),
  getDeliverySource(ports.store),
  describeDeliverySources(ports.store),
  deleteDeliverySource(ports.store),
  putDeliveryDestination(ports.store),
  getDeliveryDestination(ports.store),
  describeDeliveryDestinations(ports.store),
  deleteDeliveryDestination(ports.store),
  putDeliveryDestinationPolicy(ports.store),
  getDeliveryDestinationPolicy(ports.store),
  deleteDeliveryDestinationPolicy(ports.store),
  createDelivery(ports),
  getDelivery(ports.store),
  describeDeliveries(ports.store),
  deleteDelivery(ports.store),
  updateDeliveryConfiguration(ports.store),
  describeConfigurationTemplates(),
]
