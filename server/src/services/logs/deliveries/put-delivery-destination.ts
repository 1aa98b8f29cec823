import type { PutDeliveryDestinationCommandInput, PutDeliveryDestinationResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDeliveryDestinationArn, parseArn } from '../../../base/arn.ts'
import type { LogDeliveryDestination, LogDeliveryType } from '../../../model/log-delivery.ts'
import { oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { checkTags } from '../tags.ts'
import { invalid, lateTags, tooMany } from './delivery-faults.ts'
import { DELIVERY_NAME, DELIVERY_TYPES, MAX_OF_A_KIND, OUTPUT_FORMAT } from './delivery-limits.ts'
import type { LogDeliveryStore } from './ports.ts'
import { DESTINATION_DIFFERENCE, shownDeliveryDestination } from './shown-destination.ts'

const INPUT = structure(
  {
    name: DELIVERY_NAME,
    outputFormat: OUTPUT_FORMAT,
    deliveryDestinationConfiguration: structure({ destinationResourceArn: text() }, ['destinationResourceArn']),
    deliveryDestinationType: oneOf(DELIVERY_TYPES),
    roleArn: text({ min: 1 }),
  },
  ['name'],
)
/** By the service of the resource that receives. */
const TYPES: Readonly<Record<string, LogDeliveryType>> = { s3: 'S3', logs: 'CWL', firehose: 'FH' }

export const putDeliveryDestination = (store: LogDeliveryStore) =>
  operation<PutDeliveryDestinationCommandInput, PutDeliveryDestinationResponse>({
    name: 'PutDeliveryDestination',
    kind: 'write',
    access: 'signed',
    resources: ({ name = '' }, tenant) => [logDeliveryDestinationArn(tenant, name)],
    tagged: ({ name = '', tags }, tenant) => (tags === undefined ? undefined : logDeliveryDestinationArn(tenant, name)),
    differs: [
      { how: 'kept and shown; nothing is ever sent there, since no service that sends logs lives here' },
      { member: 'roleArn', how: 'recorded and shown; nothing is assumed' },
      { member: 'deliveryDestinationConfiguration', how: 'its service is checked; that there is such a resource is not' },
      { ...DESTINATION_DIFFERENCE, member: `deliveryDestination.${DESTINATION_DIFFERENCE.member}` },
    ],
    async run(input, { tenant, now }) {
      validate(INPUT, input)
      const tags = checkTags(input.tags, 'ValidationException')
      const name = input.name!
      const resourceArn = input.deliveryDestinationConfiguration?.destinationResourceArn
      const type = typeOf(input, resourceArn)
      const region = resourceArn === undefined ? undefined : parseArn(resourceArn)?.region
      // Buckets have no region in their ARNs.
      if (region !== undefined && region !== '' && region !== tenant.region) throw invalid('Region from identity does not match the Destination Resource ARN.')
      if (type === 'CWL' && input.outputFormat === 'parquet') throw invalid('Invalid output format value provided.')
      if (input.roleArn !== undefined && type !== 'XRAY') throw invalid('roleArn is only supported for XRAY Delivery Destinations.')
      const destination = await store.putDestination(tenant, tags, (destinations): LogDeliveryDestination => {
        const before = destinations.find(one => one.name === name)
        if (before === undefined && destinations.length >= MAX_OF_A_KIND) throw tooMany()
        if (before !== undefined && input.tags !== undefined) throw lateTags()
        if (before !== undefined && input.outputFormat !== undefined && input.outputFormat !== before.outputFormat) throw notUpdated('Output Format')
        if (before !== undefined && before.type !== type) throw notUpdated('Destination Type')
        const outputFormat = before === undefined ? input.outputFormat : before.outputFormat
        return { tenant, name, type, outputFormat, resourceArn, roleArn: input.roleArn, policy: before?.policy, createdAt: before?.createdAt ?? now }
      })
      return { deliveryDestination: shownDeliveryDestination(destination) }
    },
  })

const notUpdated = (what: string) =>
  invalid(`Update to existing Delivery Destination with new ${what} is not allowed. Please create a new Delivery Destination instead.`)

const typeOf = ({ deliveryDestinationType: asked }: PutDeliveryDestinationCommandInput, resourceArn: string | undefined): LogDeliveryType => {
  if (resourceArn === undefined) {
    if (asked === 'XRAY') return asked
    throw invalid('deliveryDestinationConfiguration is required for this Delivery Destination.')
  }
  const type = TYPES[parseArn(resourceArn)?.service ?? '']
  if (type === undefined || (asked !== undefined && asked !== type)) throw invalid('Invalid Delivery Destination resource is provided.')
  return type
}
