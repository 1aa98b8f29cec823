import type { DeliveryDestination } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn } from '../../../base/arn.ts'
import type { LogDeliveryDestination } from '../../../model/log-delivery.ts'

export const shownDeliveryDestination = ({ tenant, name, type, outputFormat, resourceArn, roleArn }: LogDeliveryDestination): DeliveryDestination => ({
  name,
  arn: logDeliveryDestinationArn(tenant, name),
  deliveryDestinationType: type,
  outputFormat: outputFormat as DeliveryDestination['outputFormat'],
  deliveryDestinationConfiguration: resourceArn === undefined ? undefined : { destinationResourceArn: resourceArn },
  roleArn,
})

export const DESTINATION_DIFFERENCE = { member: 'tags', how: 'never answered here, as on AWS; `ListTagsForResource` does' }
