import type { Clock, Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import { asItWas, topicsOf, type ActionPlanner } from '../../engines/alarms/actions.ts'
import type { Standing } from '../../engines/alarms/facts.ts'
import type { AlarmContributor, AlarmRecord, AlarmState, MutedChange, Transition } from '../../model/alarm.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import type { ActiveMutes } from './active-mutes.ts'
import type { MutedAlarms } from './ports.ts'

/** After a failure, and the longest that is slept: a clock that is set forward is noticed by then. */
const RETRY = millis(1_000)
const LONGEST_SLEEP = millis(60_000)

export interface MuteCatchUpOptions {
  readonly clock: Clock
  readonly log: Log
  readonly mutes: ActiveMutes
  readonly alarms: MutedAlarms
  readonly tags: (arn: string) => Promise<Readonly<Record<string, string>>>
  readonly missingTopics: (arns: readonly string[]) => Promise<ReadonlySet<string>>
  readonly planner: ActionPlanner
  /** Of composite alarms. */
  readonly standing: (arn: string) => Standing | undefined
}

/**
 * Runs muted actions when the mute is over and the alarm is still in the state that they were for, once: that they ran is
 * committed with them, so a restart repeats none and forgets none.
 */
export class MuteCatchUp {
  readonly #options: MuteCatchUpOptions
  /** Alarms to look at, by ARN. */
  readonly #due = new Map<string, Pick<AlarmRecord['alarm'], 'tenant' | 'name'>>()
  #checked: EpochMillis
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: MuteCatchUpOptions) {
    this.#options = options
    this.#checked = options.clock.now()
  }

  /** `records`: all alarms, as they were when the last process ended; some may have been unmuted since. */
  async start(records: readonly AlarmRecord[]): Promise<void> {
    for (const { alarm, state } of records) if (state.muted !== undefined) this.#due.set(alarm.arn, alarm)
    this.#wake()
    await this.#running
  }

  /** Looks at the alarms of rules that were changed or deleted. */
  rulesChanged(rules: readonly MuteRule[]): void {
    this.#add(rules)
    this.#wake()
  }

  /** Resolves when everything that is known of is done. */
  idle(): Promise<void> {
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  #add(rules: readonly MuteRule[]): void {
    for (const { tenant, alarmNames } of rules) {
      for (const name of alarmNames) this.#due.set(`${tenant.account} ${tenant.region} ${name}`, { tenant, name })
    }
  }

  #wake(): void {
    this.#timer?.cancel()
    this.#running = this.#running.then(() => this.#round())
  }

  async #round(): Promise<void> {
    if (this.#stopped) return
    const { clock, mutes, log } = this.#options
    const now = clock.now()
    this.#add(mutes.endedBetween(this.#checked, now))
    this.#checked = now
    let failed = false
    for (const [key, { tenant, name }] of this.#due) {
      try {
        if (await this.#settle(tenant, name)) this.#due.delete(key)
        else failed = true
      } catch (error) {
        failed = true
        log.error({ alarm: name, error: String(error) }, 'muted actions cannot be made up for; they are tried again')
      }
    }
    this.#sleep(failed)
  }

  #sleep(failed: boolean): void {
    if (this.#stopped) return
    const { clock, mutes } = this.#options
    const now = clock.now()
    const end = mutes.nextEnd(now)
    if (end === undefined && !failed) return
    const wait = Math.min(failed ? RETRY : LONGEST_SLEEP, end === undefined ? Infinity : Math.max(0, end - now))
    this.#timer?.cancel()
    this.#timer = clock.after(millis(wait), () => this.#wake())
  }

  /** False where somebody else changed the alarm at the same time. */
  async #settle(tenant: AlarmRecord['alarm']['tenant'], name: string): Promise<boolean> {
    const { alarms, mutes, clock } = this.#options
    const record = await alarms.get(tenant, name)
    const muted = record?.state.muted
    if (record === undefined || muted === undefined) return true
    const now = clock.now()
    if (mutes.activeFor(tenant, name, now) !== undefined) return true
    const transition = await this.#transition(record, muted, now)
    return (await alarms.commit([transition])).length > 0
  }

  async #transition(record: AlarmRecord, muted: MutedChange, now: EpochMillis): Promise<Transition> {
    const { alarms, tags, missingTopics, planner, standing } = this.#options
    const { alarm } = record
    const { muted: _, ...rest } = record.state
    const state: AlarmState = { ...rest, updatedAt: now }
    const bare = { record: { alarm, state }, basedOn: record.state, history: [], publications: [] }
    // What a suppressor holds back now runs when it lets go.
    if (state.suppression !== undefined) {
      const suppression = { ...state.suppression, held: { value: muted.value, since: muted.since } }
      return { ...bare, record: { alarm, state: { ...state, suppression } } }
    }
    const topics = topicsOf(alarm)
    const context = { tags: await tags(alarm.arn), missingTopics: await missingTopics(topics), afterMute: true, at: now }
    const mayBeSeveral = alarm.kind === 'expression' || alarm.kind === 'promql' || alarm.kind === 'log'
    const several = mayBeSeveral ? await alarms.contributors(alarm.tenant, alarm.arn) : []
    if (several.length === 0) return { ...bare, ...planner.plan(record, asItWas(record, muted), { ...context, standing: () => standing(alarm.arn) }) }
    const plans = [
      planner.plan(record, asItWas(record, muted), { ...context, whole: true }),
      ...several.filter(each => each.value === 'ALARM' && each.transitionedAt >= muted.at).map(each => {
        const is = { alarm, state: ownState(each) }
        return planner.plan(is, asItWas(is, { value: 'OK', since: muted.since }), { ...context, contributor: each })
      }),
    ]
    return { ...bare, history: plans.flatMap(({ history }) => history), publications: plans.flatMap(({ publications }) => publications) }
  }
}

const ownState = ({ value, reason, transitionedAt }: AlarmContributor): AlarmState =>
  ({ value, reason, reasonData: undefined, updatedAt: transitionedAt, transitionedAt })
