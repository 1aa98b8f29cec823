import type { ConfigurationTemplate, DescribeConfigurationTemplatesCommandInput, DescribeConfigurationTemplatesResponse, OutputFormat } from '@aws-sdk/client-cloudwatch-logs'
import type { LogDeliveryType } from '../../../model/log-delivery.ts'
import { list, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { validate } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import { CLOUDFRONT_FIELDS, CLOUDFRONT_PATH, CLOUDFRONT_PATH_FIELDS, MORE_CLOUDFRONT_FIELDS } from './cloudfront-logs.ts'
import { serviceNotFound } from './delivery-faults.ts'
import { DEFAULT_PAGE, DELIVERY_TYPES, LOG_TYPE, PAGE } from './delivery-limits.ts'
import { logTypesOf, VENDED_LOGS, type VendedLogs } from './vended-logs.ts'

const INPUT = structure({
  service: text({ min: 1, max: 255, pattern: /[\w_-]*/ }),
  logTypes: list(LOG_TYPE, { min: 1, max: 10 }),
  resourceTypes: list(text({ min: 1, max: 255, pattern: /[\w-]*/, patternText: String.raw`[\w-_]*` }), { min: 1, max: 10 }),
  deliveryDestinationTypes: list(oneOf(DELIVERY_TYPES), { min: 1, max: 4 }),
  ...PAGE,
})

export const describeConfigurationTemplates = () =>
  operation<DescribeConfigurationTemplatesCommandInput, DescribeConfigurationTemplatesResponse>({
    name: 'DescribeConfigurationTemplates',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { member: 'configurationTemplates', how: 'of the services that the documentation of PutDeliverySource names; nothing that these send arrives here' },
      { member: 'configurationTemplates.allowedFields', how: 'known for CloudFront alone' },
      { member: 'configurationTemplates.defaultDeliveryConfigValues', how: 'known for CloudFront alone' },
      { member: 'configurationTemplates.allowedFieldDelimiters', how: 'never answered: any of up to five characters is taken' },
      { member: 'configurationTemplates.allowedSuffixPathFields', how: 'known for CloudFront alone' },
      { member: 'configurationTemplates.deliverySourceConfiguration', how: 'never answered: any is taken' },
      { member: 'configurationTemplates.s3TablesIntegration', how: 'never answered: there are no table buckets' },
    ],
    run(input, _call) {
      validate(INPUT, input)
      const { service, logTypes, resourceTypes, deliveryDestinationTypes } = input
      if (service !== undefined && logTypesOf(service) === undefined) throw serviceNotFound()
      const found = TEMPLATES.filter(
        ({ template }) =>
          (service === undefined || template.service === service) &&
          (logTypes === undefined || logTypes.includes(template.logType!)) &&
          (resourceTypes === undefined || resourceTypes.includes(template.resourceType!)) &&
          (deliveryDestinationTypes === undefined || deliveryDestinationTypes.includes(template.deliveryDestinationType!)),
      )
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? DEFAULT_PAGE)
      return { configurationTemplates: items.map(({ template }) => template), nextToken }
    },
  })

const FORMATS: Readonly<Record<LogDeliveryType, readonly OutputFormat[]>> = {
  S3: ['json', 'plain', 'w3c', 'raw', 'parquet'],
  CWL: ['json', 'plain'],
  FH: ['json', 'plain', 'raw'],
  XRAY: [],
}

const templatesOf = (logs: VendedLogs): readonly ConfigurationTemplate[] =>
  logs.logTypes.flatMap(logType => logs.destinations.map(destination => templateOf(logs, logType, destination)))

const templateOf = ({ service, resourceType }: VendedLogs, logType: string, destination: LogDeliveryType): ConfigurationTemplate => ({
  service,
  logType,
  resourceType,
  deliveryDestinationType: destination,
  ...(service === 'cloudfront' ? cloudfrontValues(destination) : {}),
  allowedOutputFormats: [...FORMATS[destination]],
  allowedActionForAllowVendedLogsDeliveryForResource: `${service}:AllowVendedLogDeliveryForResource`,
})

const cloudfrontValues = (destination: LogDeliveryType): ConfigurationTemplate => {
  const toBucket = destination === 'S3'
  return {
    defaultDeliveryConfigValues: { recordFields: [...CLOUDFRONT_FIELDS], ...(toBucket ? { s3DeliveryConfiguration: { ...CLOUDFRONT_PATH } } : {}) },
    allowedFields: [...CLOUDFRONT_FIELDS, ...MORE_CLOUDFRONT_FIELDS].map(name => ({ name, mandatory: false })),
    ...(toBucket ? { allowedSuffixPathFields: [...CLOUDFRONT_PATH_FIELDS] } : {}),
  }
}

const TEMPLATES = VENDED_LOGS.flatMap(templatesOf)
  .map(template => ({ name: `${template.service} ${template.logType} ${template.resourceType} ${template.deliveryDestinationType}`, template }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))
