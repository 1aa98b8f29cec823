import type { Clock, Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { alarmArnOf } from '../../base/arn.ts'
import { millis, type EpochMillis } from '../../base/time.ts'
import { topicsOf, type ActionPlanner } from '../../engines/alarms/actions.ts'
import { childReason, compositeDefinedReason, triggeringAlarmsData, type TriggeringAlarm } from '../../engines/alarms/composite-reason.ts'
import { nextState } from '../../engines/alarms/transition.ts'
import { compositeState, evaluateRule } from '../../engines/composite/evaluate.ts'
import { isComposite, stepTo, suppressorEvent, suppressorStep, type StepContext } from '../../engines/composite/next-step.ts'
import type { Standing } from '../../engines/alarms/facts.ts'
import { standingOf } from '../../engines/composite/standing.ts'
import type { AlarmRecord, CompositeAlarm, RecordOf, Transition } from '../../model/alarm.ts'
import { CompositeGraph } from './composite-graph.ts'
import type { ActionSurroundings, AlarmRegister } from './ports.ts'

type Composite = RecordOf<CompositeAlarm>

/** Why a composite alarm is evaluated: it was defined, or the newest of the alarms that changed. */
type Cause = { readonly kind: 'created' | 'updated' } | { readonly kind: 'child'; readonly child: TriggeringAlarm }

/** After a failure, and the longest that is slept: a clock that is set forward is noticed by then. */
const RETRY = millis(1_000)
const LONGEST_SLEEP = millis(60_000)

export interface CompositeAlarmsOptions {
  readonly clock: Clock
  readonly log: Log
  readonly register: AlarmRegister
  readonly surroundings: ActionSurroundings
  readonly planner: ActionPlanner
  /** Told of every change that is told of here, before composites are evaluated; `record` undefined: deleted. */
  readonly onChanged?: (previous: AlarmRecord | undefined, record: AlarmRecord | undefined) => void
}

/**
 * The clockwork of composite alarms: they are evaluated when an alarm that they stand on changes, or their own definition, never
 * by the clock; only what their suppressor holds back waits for a time. One step of one alarm is one commit, and everything
 * that a step calls for is found in the states themselves, so that a restart goes on where the last process ended.
 */
export class CompositeAlarms {
  readonly #options: CompositeAlarmsOptions
  readonly #graph = new CompositeGraph()
  readonly #due = new Map<string, Cause | undefined>()
  /** Composites that stand on themselves: looked at again when any definition changes. */
  readonly #circular = new Map<string, Cause>()
  /** Composites whose suppressor is another one, or has other periods, than when it began to hold their actions. */
  readonly #replaced = new Set<string>()
  /** When the periods of suppressors end. */
  readonly #waiting = new Map<string, EpochMillis>()
  #loading = true
  /** What was told of while loading is newer than what is loaded. */
  readonly #touched = new Set<string>()
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #isRunning = false
  #stopped = false

  constructor(options: CompositeAlarmsOptions) {
    this.#options = options
  }

  /** Listens from now on; `start` tells what there was before. */
  listen(): void {
    this.#options.register.onChange(({ arn, record }) => this.#changed(arn, record))
  }

  /** `records`: every alarm, as committed. Resolves when all composites are caught up. */
  async start(records: readonly AlarmRecord[]): Promise<void> {
    for (const record of records) if (!this.#touched.has(record.alarm.arn)) this.#know(record)
    this.#touched.clear()
    for (const arn of this.#graph.composites) this.#due.set(arn, this.#due.get(arn) ?? this.#missed(this.#graph.composite(arn)!))
    this.#loading = false
    this.#run()
    await this.#running
  }

  /** A change that the rounds have committed. */
  committed(record: AlarmRecord): void {
    if (this.#loading) this.#touched.add(record.alarm.arn)
    this.#take(record)
  }

  /** What a composite's state stands on, as far as it is known of here; undefined for what is no composite. */
  standingOf(arn: string): Standing | undefined {
    const rule = this.#graph.ruleOf(arn)
    const tenant = this.#graph.get(arn)?.alarm.tenant
    return rule && tenant && standingOf(rule, each => this.#graph.get(alarmArnOf(tenant, each)))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  /** Resolves when everything that is known of is done. */
  idle(): Promise<void> {
    return this.#running
  }

  #changed(arn: string, record: AlarmRecord | undefined): void {
    if (this.#loading) this.#touched.add(arn)
    const previous = this.#graph.get(arn)
    if (!this.#loading && (previous !== undefined || record !== undefined)) this.#options.onChanged?.(previous, record)
    if (record !== undefined) {
      this.#take(record)
      return
    }
    const suppressed = [...this.#graph.suppressedBy(arn)]
    this.#graph.delete(arn)
    this.#waiting.delete(arn)
    this.#due.delete(arn)
    this.#circular.delete(arn)
    this.#untangle()
    for (const each of suppressed) this.#add(each, undefined)
    this.#run()
  }

  #take(record: AlarmRecord): void {
    const { alarm, state } = record
    const { arn } = alarm
    const previous = this.#graph.get(arn)
    this.#know(record)
    if (isComposite(record) && isRedefined(previous, record)) {
      this.#untangle()
      this.#add(arn, { kind: previous === undefined ? 'created' : 'updated' })
      if (previous !== undefined && hasOtherSuppressor(previous, record)) this.#replaced.add(arn)
    }
    if (previous?.state.value !== state.value) {
      const child: TriggeringAlarm = { arn, value: state.value, at: state.transitionedAt }
      for (const parent of this.#graph.parentsOf(arn)) this.#add(parent, { kind: 'child', child })
      for (const suppressed of this.#graph.suppressedBy(arn)) this.#add(suppressed, undefined)
    }
    this.#run()
  }

  #know(record: AlarmRecord): void {
    const { arn } = record.alarm
    try {
      this.#graph.set(record)
    } catch (error) {
      this.#options.log.error({ alarm: arn, error: String(error) }, 'a composite alarm’s rule cannot be read, it is not evaluated')
    }
    const until = record.state.suppression?.until
    if (until === undefined) this.#waiting.delete(arn)
    else this.#waiting.set(arn, until)
  }

  #add(arn: string, cause: Cause | undefined): void {
    this.#due.set(arn, cause ?? this.#due.get(arn))
  }

  #untangle(): void {
    for (const [arn, cause] of this.#circular) this.#add(arn, cause)
    this.#circular.clear()
  }

  /** What may have happened to a composite since it was last committed, while no process evaluated it. */
  #missed({ alarm, state }: Composite): Cause | undefined {
    const newest = this.#childrenOf(alarm).reduce<TriggeringAlarm | undefined>((best, each) => (best !== undefined && best.at >= each.at ? best : each), undefined)
    if (newest !== undefined && newest.at >= state.updatedAt && newest.at > alarm.configuredAt) return { kind: 'child', child: newest }
    if (alarm.configuredAt < state.updatedAt) return undefined
    return { kind: state.value === 'INSUFFICIENT_DATA' ? 'created' : 'updated' }
  }

  #childrenOf({ arn }: CompositeAlarm): readonly TriggeringAlarm[] {
    return [...this.#graph.childrenOf(arn)].flatMap(child => {
      const state = this.#graph.get(child)?.state
      return state === undefined ? [] : [{ arn: child, value: state.value, at: state.transitionedAt }]
    })
  }

  #run(): void {
    if (this.#loading || this.#isRunning || this.#stopped) return
    this.#isRunning = true
    this.#running = this.#work()
  }

  /** Does what is due, in the order in which it came up; never rejects. */
  async #work(): Promise<void> {
    let failure: string | undefined
    const failed = new Map<string, Cause | undefined>()
    this.#wakeUp()
    for (let next = this.#due.entries().next(); !next.done && !this.#stopped; next = this.#due.entries().next()) {
      const [arn, cause] = next.value
      this.#due.delete(arn)
      try {
        await this.#settle(arn, cause)
      } catch (error) {
        failure = String(error)
        failed.set(arn, cause)
      }
    }
    this.#isRunning = false
    for (const [arn, cause] of failed) if (!this.#due.has(arn)) this.#due.set(arn, cause)
    if (failure !== undefined) this.#options.log.error({ alarms: failed.size, error: failure }, 'composite alarms cannot be evaluated; they are tried again')
    this.#sleep()
  }

  #wakeUp(): void {
    const now = this.#options.clock.now()
    for (const [arn, until] of this.#waiting) if (until <= now) this.#add(arn, undefined)
  }

  #sleep(): void {
    this.#timer?.cancel()
    if (this.#stopped) return
    const { clock } = this.#options
    const now = clock.now()
    let until = Infinity
    for (const each of this.#waiting.values()) until = Math.min(until, each)
    const wait = this.#due.size > 0 ? RETRY : Math.min(LONGEST_SLEEP, Math.max(0, until - now))
    if (this.#due.size > 0 || until !== Infinity) this.#timer = clock.after(millis(wait), () => this.#run())
  }

  /** Everything that one composite needs: what is overdue, its value, its suppressor. */
  async #settle(arn: string, cause: Cause | undefined): Promise<void> {
    let unevaluated = cause
    for (;;) {
      const record = this.#graph.composite(arn)
      if (record === undefined) return
      if (unevaluated !== undefined && this.#graph.isCircular(arn)) {
        this.#circular.set(arn, unevaluated)
        unevaluated = undefined
      }
      const context = await this.#context(record)
      // Somebody may have changed something while tags and topics were looked up.
      if (this.#graph.composite(arn) !== record) continue
      const step = this.#step(record, unevaluated, { ...context, standing: () => this.standingOf(arn) })
      if (step === undefined) return
      if ((await this.#options.register.commit([step])).length > 0) {
        if (step.record.state.value !== record.state.value) unevaluated = undefined
      } else if (this.#graph.composite(arn) === record) {
        await this.#readAgain(record)
      }
    }
  }

  #step(record: Composite, cause: Cause | undefined, context: StepContext): Transition | undefined {
    const { clock, planner } = this.#options
    const now = clock.now()
    const event = this.#event(record, context.suppressorInAlarm, now)
    const held = event && suppressorStep(record, event, context, planner, now)
    if (held !== undefined) return held
    if (cause === undefined) return undefined
    const rule = this.#graph.ruleOf(record.alarm.arn)!
    const { alarm } = record
    const { value } = evaluateRule(rule, each => this.#graph.get(alarmArnOf(alarm.tenant, each))?.state.value)
    const state = compositeState(value)
    if (state === record.state.value) return undefined
    const reason = cause.kind === 'child' ? childReason(cause.child) : compositeDefinedReason(alarm.arn, cause.kind, state)
    const data = triggeringAlarmsData(cause.kind === 'child' ? [cause.child] : this.#childrenOf(alarm))
    return { ...stepTo(record, nextState(record.state, state, reason, data, now), context, planner), basedOn: record.state }
  }

  #event(record: Composite, suppressorInAlarm: boolean, now: EpochMillis): ReturnType<typeof suppressorEvent> {
    const event = suppressorEvent(record, suppressorInAlarm, now)
    if (event?.kind === 'time' || !this.#replaced.delete(record.alarm.arn)) return event
    return { kind: 'redefined' }
  }

  async #context({ alarm }: Composite): Promise<StepContext> {
    const { surroundings, clock } = this.#options
    const topics = topicsOf(alarm)
    const [tags, missingTopics] = topics.length === 0 ? [{}, new Set<string>()] : await Promise.all([surroundings.tags(alarm.arn), surroundings.missingTopics(topics)])
    return {
      tags,
      missingTopics,
      mute: surroundings.activeMute(alarm.tenant, alarm.name, clock.now()),
      suppressorInAlarm: this.#graph.suppressorInAlarm(alarm.arn),
    }
  }

  /** The store holds another state than was known here, and nobody has told of it. */
  async #readAgain({ alarm }: Composite): Promise<void> {
    const stored = await this.#options.register.get(alarm.tenant, alarm.name)
    if (stored === undefined) this.#changed(alarm.arn, undefined)
    else this.#take(stored)
  }
}

const isRedefined = (previous: AlarmRecord | undefined, { alarm }: Composite): boolean =>
  previous?.alarm.kind !== 'composite' || previous.alarm.configuredAt !== alarm.configuredAt || previous.alarm.rule !== alarm.rule

const hasOtherSuppressor = ({ alarm: before }: AlarmRecord, { alarm }: Composite): boolean =>
  JSON.stringify(before.kind === 'composite' ? before.suppressor : undefined) !== JSON.stringify(alarm.suppressor)
