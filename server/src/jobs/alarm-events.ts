import type { Log } from '../base/log.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Clock } from '../base/clock.ts'
import { cloudWatchTime } from '../base/time.ts'
import {
  configurationChangeEvent,
  contributorStateChangeEvent,
  stateChangeEvent,
  type AlarmConfigurationChangeEvent,
  type AlarmContributorStateChangeEvent,
  type AlarmStateChangeEvent,
  type MuteDetail,
} from '../engines/alarms/event.ts'
import type { Tags } from '../engines/alarms/facts.ts'
import { propagatesTags } from '../engines/alarms/propagated-tags.ts'
import type { AlarmRecord } from '../model/alarm.ts'
import type { ActiveMute } from '../model/mute-rule.ts'
import type { CommittedChange } from './alarm-rounds/transition-commits.ts'

export type AlarmEvent = AlarmStateChangeEvent | AlarmContributorStateChangeEvent | AlarmConfigurationChangeEvent

interface AlarmEventsOptions {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
  readonly activeMute: (record: AlarmRecord) => ActiveMute | undefined
  readonly tags: (arn: string) => Promise<Tags>
}

/**
 * The one place where everything that happens to alarms is told inside the house, in the shapes of EventBridge, whoever did it:
 * rounds, composite alarms, callers of operations. Told after the commit, and also where no action runs.
 */
export class AlarmEvents {
  readonly #options: AlarmEventsOptions
  readonly #listeners: ((event: AlarmEvent) => void)[] = []
  /** Events of alarms whose tags are read for them, in their order. */
  #turn: Promise<void> = Promise.resolve()

  constructor(options: AlarmEventsOptions) {
    this.#options = options
  }

  listen(listener: (event: AlarmEvent) => void): void {
    this.#listeners.push(listener)
  }

  /** Makes events of what an evaluation has changed: each contributor that turned has its own. */
  evaluated({ previous, record, turned }: CommittedChange): void {
    this.changed(previous, record)
    if (this.#listeners.length === 0) return
    const { entropy, activeMute } = this.#options
    for (const { was, is, contributor } of turned) {
      const mute = muteDetail(activeMute(is))
      this.#tell(is, tags => contributorStateChangeEvent(is, was, contributor, () => entropy.uuid(), { mute, tags }))
    }
  }

  /** Makes events of a change: `previous` undefined for a new alarm, `record` for one that is gone. */
  changed(previous: AlarmRecord | undefined, record: AlarmRecord | undefined): void {
    if (this.#listeners.length === 0) return
    const { clock, entropy, activeMute } = this.#options
    const uuid = (): string => entropy.uuid()
    if (record === undefined) {
      const now = clock.now()
      if (previous !== undefined) this.#tell(previous, () => configurationChangeEvent('delete', previous, undefined, now, uuid))
      return
    }
    if (previous === undefined || previous.alarm.configuredAt !== record.alarm.configuredAt) {
      const operation = previous === undefined ? 'create' : 'update'
      this.#tell(record, () => configurationChangeEvent(operation, record, previous, record.alarm.configuredAt, uuid))
    }
    if (previous === undefined) return
    const held = previous.state.suppression?.by !== record.state.suppression?.by
    if (previous.state.value === record.state.value && !held) return
    const mute = muteDetail(activeMute(record))
    this.#tell(record, tags => stateChangeEvent(record, previous, uuid, { mute, tags }))
  }

  /** Resolves when every event of what has happened so far is told. */
  idle(): Promise<void> {
    return this.#turn
  }

  /** At once, unless the event carries tags. */
  #tell({ alarm }: AlarmRecord, make: (tags: Tags | undefined) => AlarmEvent): void {
    if (!propagatesTags(alarm)) {
      this.#publish(make(undefined))
      return
    }
    this.#turn = this.#turn.then(async () => this.#publish(make(await this.#tagsOf(alarm.arn))))
  }

  async #tagsOf(arn: string): Promise<Tags | undefined> {
    const { tags, log } = this.#options
    try {
      return await tags(arn)
    } catch (error) {
      log.error({ alarm: arn, error: String(error) }, 'the tags of an alarm cannot be read; its event is told without them')
      return undefined
    }
  }

  #publish(event: AlarmEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#options.log.error({ event: event['detail-type'], error: String(error) }, 'a listener of alarm events failed')
      }
    }
  }
}

const muteDetail = (mute: ActiveMute | undefined): MuteDetail | undefined =>
  mute && { mutedByArn: mute.ruleArn, muteWindowStart: cloudWatchTime(mute.start), muteWindowEnd: cloudWatchTime(mute.end) }
