import type { DeliverySource } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliverySourceArn } from '../../../base/arn.ts'
import type { LogDeliverySource } from '../../../model/log-delivery.ts'

export const shownSource = ({ tenant, name, resourceArn, service, logType, configuration }: LogDeliverySource): DeliverySource => ({
  name,
  arn: logDeliverySourceArn(tenant, name),
  resourceArns: [resourceArn],
  service,
  logType,
  deliverySourceConfiguration: configuration && { ...configuration },
})

export const SOURCE_DIFFERENCES = [
  { member: 'tags', how: 'never answered here; `ListTagsForResource` does' },
  { member: 'status', how: 'never answered: whether there is such a resource is not known' },
  { member: 'statusReason', how: 'as `status`' },
]
