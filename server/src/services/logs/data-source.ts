import type { DataSourceFilter } from '@aws-sdk/client-cloudwatch-logs'

/** What a log group's events come from: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/data-source-discovery-management.html */
export interface DataSource {
  readonly name: string
  readonly type: string
}

/** Names of AWS's own services, which tags cannot give. */
const RESERVED = /^(?:aws|amazon)/i

/** As tags of the group tell it; undefined: they do not. */
export const dataSourceOf = (tags: Readonly<Record<string, string>>): DataSource | undefined => {
  const [name, type] = [tags['cw:datasource:name'], tags['cw:datasource:type']]
  return name === undefined || type === undefined || RESERVED.test(name) ? undefined : { name, type }
}

export const hasDataSource = (source: DataSource | undefined, wanted: readonly DataSourceFilter[]): boolean =>
  source !== undefined && wanted.some(({ name, type }) => name === source.name && (type === undefined || type === source.type))
