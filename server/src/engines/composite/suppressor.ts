import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { ActionsSuppressor, FormerState, Suppression } from '../../model/alarm.ts'

/** What the machine knows of the alarm between events. */
export interface Holding {
  readonly suppressor: ActionsSuppressor | undefined
  readonly suppression: Suppression | undefined
  /** Of the suppressor alarm; one that is not there is not in ALARM. */
  readonly suppressorInAlarm: boolean
}

export type SuppressorEvent =
  /** The composite has another value; `former` is what it was. */
  | { readonly kind: 'changed'; readonly former: FormerState }
  /** The suppressor went into ALARM or out of it, or is found there (at a start). */
  | { readonly kind: 'suppressor' }
  /** Time has passed. */
  | { readonly kind: 'time' }
  /** The composite was redefined with another suppressor, other periods or none. */
  | { readonly kind: 'redefined' }

/** What follows. `run`: the actions of the alarm's present state run now, as a change from that former state. */
export interface Holdup {
  readonly suppression: Suppression | undefined
  readonly run: FormerState | undefined
}

/**
 * The state machine of ActionsSuppressor
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html). It wakes up at
 * `suppression.until`; what happens later is told to it after `time`. Only a change whose actions were held leads to actions:
 * a suppressor that comes and goes repeats none.
 */
export const hold = ({ suppressor, suppression, suppressorInAlarm }: Holding, event: SuppressorEvent, now: EpochMillis): Holdup => {
  const held = event.kind === 'changed' ? event.former : suppression?.held
  if (suppressor === undefined) return { suppression: undefined, run: held }
  if (suppressorInAlarm && event.kind !== 'time') {
    const since = suppression?.by === 'Alarm' && event.kind !== 'redefined' ? suppression.since : now
    return { suppression: suppressed('Alarm', since, undefined, held), run: undefined }
  }
  switch (event.kind) {
    case 'changed':
      return period('WaitPeriod', suppressor.waitPeriod, now, held)
    case 'suppressor':
      if (suppression?.by !== 'Alarm') return { suppression, run: undefined }
      return period('ExtensionPeriod', suppressor.extensionPeriod, now, held)
    case 'time':
      return isOver(suppression, now) ? { suppression: undefined, run: held } : { suppression, run: undefined }
    case 'redefined':
      return held === undefined ? { suppression: undefined, run: undefined } : period('WaitPeriod', suppressor.waitPeriod, now, held)
  }
}

/** Whether `time` has to be told of before anything else that happens at `now`. */
export const isOver = (suppression: Suppression | undefined, now: EpochMillis): boolean => suppression?.until !== undefined && suppression.until <= now

const period = (by: 'WaitPeriod' | 'ExtensionPeriod', length: number, now: EpochMillis, held: FormerState | undefined): Holdup =>
  length <= 0
    ? { suppression: undefined, run: held }
    : { suppression: suppressed(by, now, epochMillis(now + length * 1000), held), run: undefined }

const suppressed = (
  by: Suppression['by'],
  since: EpochMillis,
  until: EpochMillis | undefined,
  held: FormerState | undefined,
): Suppression => ({ by, since, until, ...(held === undefined ? {} : { held }) })
