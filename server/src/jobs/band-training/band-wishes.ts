import type { Tenant } from '../../base/tenancy.ts'
import type { Seconds } from '../../base/time.ts'
import { banded, bandSource } from '../../engines/bands/band-source.ts'
import { detectorId } from '../../engines/bands/detector-id.ts'
import type { AlarmRecord } from '../../model/alarm.ts'
import type { DetectorSource } from '../../model/anomaly-detector.ts'

/** A band that an alarm watches. */
export interface BandWish {
  readonly tenant: Tenant
  readonly id: string
  readonly source: DetectorSource
  readonly period: Seconds
}

/** Which bands the alarms watch: each needs a detector, trained at the alarm's period. */
export class BandWishes {
  readonly #byAlarm = new Map<string, readonly BandWish[]>()

  /** What the alarm wishes from now on; no record: nothing. */
  set(arn: string, record: AlarmRecord | undefined): readonly BandWish[] {
    const wishes = record === undefined ? [] : wishesOf(record)
    if (wishes.length === 0) this.#byAlarm.delete(arn)
    else this.#byAlarm.set(arn, wishes)
    return wishes
  }

  all(): readonly BandWish[] {
    return [...this.#byAlarm.values()].flat()
  }
}

const wishesOf = ({ alarm }: AlarmRecord): readonly BandWish[] => {
  if (alarm.kind !== 'expression') return []
  const { tenant, queries, period } = alarm
  return banded(queries).flatMap(name => {
    const source = bandSource(queries, name)
    return source === undefined ? [] : [{ tenant, id: detectorId(tenant, source), source, period }]
  })
}
