import type { Clock } from '../base/clock.ts'
import type { Entropy } from '../base/entropy.ts'
import type { Log } from '../base/log.ts'
import type { ActionPlanner } from '../engines/alarms/actions.ts'
import { AlarmEvents } from '../jobs/alarm-events.ts'
import { ActiveMutes } from '../jobs/alarm-mutes/active-mutes.ts'
import { MuteCatchUp } from '../jobs/alarm-mutes/mute-catch-up.ts'
import type { AlarmRounds } from '../jobs/alarm-rounds/alarm-rounds.ts'
import { CompositeAlarms } from '../jobs/composite-alarms/composite-alarms.ts'
import type { ControlStore } from '../store/control/control-store.ts'

interface Options {
  readonly control: Pick<ControlStore, 'alarms' | 'alarmBook' | 'muteRules' | 'topics'>
  readonly planner: ActionPlanner
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** What follows from alarms' changes: composite alarms, what mutes hold back, events. */
export class AlarmFollowers {
  readonly mutes: ActiveMutes
  readonly events: AlarmEvents
  readonly #control: Options['control']
  readonly #composites: CompositeAlarms
  readonly #catchUp: MuteCatchUp

  constructor({ control, planner, clock, entropy, log }: Options) {
    this.#control = control
    this.mutes = new ActiveMutes(control.muteRules, log)
    const tags = (arn: string) => control.alarmBook.tags(arn)
    this.events = new AlarmEvents({
      clock, entropy, log, tags,
      activeMute: ({ alarm, state }) => this.mutes.activeFor(alarm.tenant, alarm.name, state.updatedAt),
    })
    const missingTopics = (arns: readonly string[]) => control.topics.missing(arns)
    this.#composites = new CompositeAlarms({
      clock, log, planner,
      register: {
        get: (tenant, name) => control.alarms.get(tenant, name),
        commit: transitions => control.alarms.commit(transitions),
        onChange: listener => control.alarmBook.onChange(listener),
      },
      surroundings: { tags, missingTopics, activeMute: (tenant, name, now) => this.mutes.activeFor(tenant, name, now) },
      onChanged: (previous, record) => this.events.changed(previous, record),
    })
    this.#catchUp = new MuteCatchUp({
      clock, log, tags, missingTopics, planner,
      mutes: this.mutes,
      alarms: control.alarms,
      standing: arn => this.#composites.standingOf(arn),
    })
  }

  /** Before anything evaluates: knows what is muted, and hears of every change from now on. */
  async open(): Promise<void> {
    await this.mutes.start(rules => this.#catchUp.rulesChanged(rules))
    this.#composites.listen()
  }

  follow(rounds: AlarmRounds): void {
    rounds.onCommitted(change => {
      this.events.evaluated(change)
      this.#composites.committed(change.record)
    })
  }

  /** Resolves when composite alarms are caught up, and what was muted when the last process ended has run if it may. */
  async start(): Promise<void> {
    const records = await this.#control.alarmBook.all()
    await this.#composites.start(records)
    await this.#catchUp.start(records)
  }

  /** Resolves when everything that has happened so far is followed up. */
  async idle(): Promise<void> {
    await this.#composites.idle()
    await this.#catchUp.idle()
    await this.#composites.idle()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#composites.stop(), this.#catchUp.stop()])
    await this.events.idle()
  }
}
