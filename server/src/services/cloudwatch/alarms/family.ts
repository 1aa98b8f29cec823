import { alarmArnOf } from '../../../base/arn.ts'
import { parseRule } from '../../../engines/composite/parse.ts'
import { alarmsIn } from '../../../engines/composite/rule.ts'
import type { AlarmRecord, CompositeAlarm, LogAlarm, MeasuredAlarm, PromqlAlarm, RecordOf } from '../../../model/alarm.ts'

export const isComposite = (record: AlarmRecord): record is RecordOf<CompositeAlarm> => record.alarm.kind === 'composite'

export const isLog = (record: AlarmRecord): record is RecordOf<LogAlarm> => record.alarm.kind === 'log'

/** What AWS's MetricAlarm describes: every other kind. */
export const isDescribedAsMetric = (record: AlarmRecord): record is RecordOf<MeasuredAlarm | PromqlAlarm> => !isComposite(record) && !isLog(record)

/** ARNs of the alarms that a composite's rule names. */
export const childArns = ({ tenant, rule }: CompositeAlarm): ReadonlySet<string> =>
  new Set(alarmsIn(parseRule(rule)).map(alarm => alarmArnOf(tenant, alarm)))

/** The composites whose rules name an alarm, by its ARN, in the order of `records`. */
export const parentsByChild = (records: readonly AlarmRecord[]): ReadonlyMap<string, readonly RecordOf<CompositeAlarm>[]> => {
  const parents = new Map<string, RecordOf<CompositeAlarm>[]>()
  for (const record of records) {
    if (!isComposite(record)) continue
    for (const child of childArns(record.alarm)) {
      const known = parents.get(child)
      if (known === undefined) parents.set(child, [record])
      else known.push(record)
    }
  }
  return parents
}
