import type { EpochMillis } from '../../base/time.ts'
import type { Dimension, Unit } from '../../model/metric.ts'

/** One measured value, as a collector hands it over. */
export interface PlainDatum {
  readonly name: string
  readonly dimensions: readonly Dimension[]
  readonly value: number
  readonly unit: Unit
  readonly at: EpochMillis
  /** 1 keeps the second; 60 (as by default) the minute. */
  readonly resolution?: 1 | 60
}

/** PutMetricData's body in AWS JSON: what goes into the journal is the same whoever sent it. */
export const writeDatums = (namespace: string, datums: readonly PlainDatum[]): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      Namespace: namespace,
      MetricData: datums.map(({ name, dimensions, value, unit, at, resolution }) => ({
        MetricName: name,
        ...(dimensions.length > 0 ? { Dimensions: dimensions.map(dimension => ({ Name: dimension.name, Value: dimension.value })) } : {}),
        Timestamp: at / 1000,
        Value: value,
        Unit: unit,
        StorageResolution: resolution ?? 60,
      })),
    }),
  )
