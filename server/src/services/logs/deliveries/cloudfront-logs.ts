import type { LogDeliveryDestination, LogDeliveryPath } from '../../../model/log-delivery.ts'

/** Of CloudFront's access logs, in the order in which they are delivered unless something else is asked for. */
export const CLOUDFRONT_FIELDS: readonly string[] = [
  'date', 'time', 'x-edge-location', 'sc-bytes', 'c-ip', 'cs-method', 'cs(Host)', 'cs-uri-stem', 'sc-status', 'cs(Referer)', 'cs(User-Agent)',
  'cs-uri-query', 'cs(Cookie)', 'x-edge-result-type', 'x-edge-request-id', 'x-host-header', 'cs-protocol', 'cs-bytes', 'time-taken',
  'x-forwarded-for', 'ssl-protocol', 'ssl-cipher', 'x-edge-response-result-type', 'cs-protocol-version', 'fle-status', 'fle-encrypted-fields',
  'c-port', 'time-to-first-byte', 'x-edge-detailed-result-type', 'sc-content-type', 'sc-content-len', 'sc-range-start', 'sc-range-end',
]
/** Those that have to be asked for. */
export const MORE_CLOUDFRONT_FIELDS: readonly string[] = [
  'timestamp', 'DistributionId', 'timestamp(ms)', 'origin-fbl', 'origin-lbl', 'asn', 'c-country', 'cache-behavior-path-pattern',
  'distribution-tenant-id', 'connection-id',
]
export const CLOUDFRONT_PATH_FIELDS: readonly string[] = ['DistributionId', 'distributionid', 'yyyy', 'MM', 'dd', 'HH', 'accountid']

const ROOT = 'AWSLogs/{account-id}/CloudFront/'
export const CLOUDFRONT_PATH: LogDeliveryPath = { suffixPath: ROOT, enableHiveCompatiblePath: false }

/** A bucket that is named without a folder of its own gets AWS's own one in front. */
export const cloudfrontPath = ({ resourceArn = '' }: LogDeliveryDestination, asked: Partial<LogDeliveryPath> | undefined): LogDeliveryPath => {
  if (asked === undefined) return CLOUDFRONT_PATH
  const { suffixPath = ROOT, enableHiveCompatiblePath = false } = asked
  const rooted = resourceArn.includes('/') || suffixPath.startsWith('AWSLogs/')
  return { suffixPath: rooted ? suffixPath : `${ROOT}${suffixPath.replace(/^\//, '')}`, enableHiveCompatiblePath }
}
