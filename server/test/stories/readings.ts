import type { Dimension, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'

/** A metric's value in each minute, or several values; undefined: nothing is reported. */
export type Reading = number | readonly number[] | undefined

/** The reading of an alarm's one metric, or those of its metrics by their Id. */
export type Readings = Reading | Readonly<Record<string, Reading>>

interface Metric {
  readonly Namespace?: string | undefined
  readonly MetricName?: string | undefined
  readonly Dimensions?: readonly Dimension[] | undefined
  readonly Unit?: string | undefined
}

/** Which metric gets which reading, by the alarm's own definition. */
export const metricsOf = (alarm: PutMetricAlarmCommandInput, readings: Readings): readonly (readonly [string, Reading])[] => {
  if (alarm.Metrics === undefined) return [[keyOf(alarm), readings as Reading]]
  const byId = readings as Readonly<Record<string, Reading>>
  return alarm.Metrics.flatMap(({ Id = '', MetricStat }) => {
    if (MetricStat?.Metric === undefined) return []
    if (!Object.hasOwn(byId, Id)) throw new Error(`${alarm.AlarmName}: no reading of ${Id}`)
    return [[keyOf({ ...MetricStat.Metric, Unit: MetricStat.Unit }), byId[Id]] as const]
  })
}

/** In the unit that the alarm asks for, if it does. */
const keyOf = ({ Namespace, MetricName, Dimensions = [], Unit }: Metric): string => JSON.stringify({ Namespace, MetricName, Dimensions, Unit })

/** The members of a datum, and the namespace, that a key was made of. */
export const identity = (key: string): Metric & { readonly Namespace: string } => JSON.parse(key) as Metric & { readonly Namespace: string }
