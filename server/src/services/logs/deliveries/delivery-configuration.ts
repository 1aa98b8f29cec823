import type { UpdateDeliveryConfigurationCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { LogDelivery, LogDeliveryDestination, LogDeliverySource } from '../../../model/log-delivery.ts'
import { CLOUDFRONT_FIELDS, cloudfrontPath, MORE_CLOUDFRONT_FIELDS } from './cloudfront-logs.ts'
import { invalid } from './delivery-faults.ts'

type Asked = Pick<UpdateDeliveryConfigurationCommandInput, 'recordFields' | 'fieldDelimiter' | 's3DeliveryConfiguration'>
type Configured = Pick<LogDelivery, 'recordFields' | 'fieldDelimiter' | 's3'>

const KNOWN: ReadonlySet<string> = new Set([...CLOUDFRONT_FIELDS, ...MORE_CLOUDFRONT_FIELDS])

/** What is asked for, with AWS's defaults where they are known; throws what cannot be. */
export const configurationOf = (source: LogDeliverySource, destination: LogDeliveryDestination, asked: Asked): Configured => {
  const cloudfront = source.service === 'cloudfront'
  const { recordFields, fieldDelimiter, s3DeliveryConfiguration: s3 } = asked
  if (s3 !== undefined && destination.type !== 'S3') throw invalid('s3DeliveryConfiguration is only supported for S3 Delivery Destinations.')
  const unknown = cloudfront ? recordFields?.find(field => !KNOWN.has(field)) : undefined
  if (unknown !== undefined) throw invalid(`Record field ${unknown} is not supported for this Delivery Source.`)
  const path = { ...(s3?.suffixPath === undefined ? {} : { suffixPath: s3.suffixPath }), enableHiveCompatiblePath: s3?.enableHiveCompatiblePath ?? false }
  const plain = s3 && { suffixPath: s3.suffixPath, enableHiveCompatiblePath: path.enableHiveCompatiblePath }
  return {
    recordFields: recordFields ?? (cloudfront ? CLOUDFRONT_FIELDS : undefined),
    fieldDelimiter,
    s3: cloudfront && destination.type === 'S3' ? cloudfrontPath(destination, s3 && path) : plain,
  }
}

export const CONFIGURATION_DIFFERENCES = [
  { member: 'recordFields', how: 'checked, and by default all, for CloudFront; of other services any is taken, and without any none is shown' },
  { member: 's3DeliveryConfiguration', how: 'has a default for CloudFront alone' },
]
