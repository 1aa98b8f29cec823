import type { Delivery } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryArn, logDeliveryDestinationArn } from '../../../base/arn.ts'
import type { LogDelivery } from '../../../model/log-delivery.ts'

export const shownDelivery = ({ tenant, id, source, destination, type, recordFields, fieldDelimiter, s3 }: LogDelivery): Delivery => ({
  id,
  arn: logDeliveryArn(tenant, id),
  deliverySourceName: source,
  deliveryDestinationArn: logDeliveryDestinationArn(tenant, destination),
  deliveryDestinationType: type,
  recordFields: recordFields && [...recordFields],
  fieldDelimiter,
  s3DeliveryConfiguration: s3 && { suffixPath: s3.suffixPath, enableHiveCompatiblePath: s3.enableHiveCompatiblePath },
})

export const DELIVERY_DIFFERENCE = { member: 'tags', how: 'never answered here, as on AWS; `ListTagsForResource` does' }
