import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** What sends logs of its own, as it was named: some resource of a service. */
export interface LogDeliverySource {
  readonly tenant: Tenant
  readonly name: string
  readonly resourceArn: string
  readonly service: string
  readonly logType: string
  readonly configuration: Readonly<Record<string, string>> | undefined
  readonly createdAt: EpochMillis
}

export type LogDeliveryType = 'S3' | 'CWL' | 'FH' | 'XRAY'

/** Where such logs go. */
export interface LogDeliveryDestination {
  readonly tenant: Tenant
  readonly name: string
  readonly type: LogDeliveryType
  readonly outputFormat: string | undefined
  /** Only traces go without one. */
  readonly resourceArn: string | undefined
  /** Of traces alone. */
  readonly roleArn: string | undefined
  /** JSON: who may send there. */
  readonly policy: string | undefined
  readonly createdAt: EpochMillis
}

/** One source sending to one destination, both of the same tenant, by their names. */
export interface LogDelivery {
  readonly tenant: Tenant
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly type: LogDeliveryType
  readonly recordFields: readonly string[] | undefined
  readonly fieldDelimiter: string | undefined
  readonly s3: LogDeliveryPath | undefined
  readonly createdAt: EpochMillis
}

export interface LogDeliveryPath {
  readonly suffixPath: string | undefined
  readonly enableHiveCompatiblePath: boolean
}
