import { sleep, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { later, millis, toSeconds, type EpochMillis } from '../../base/time.ts'
import { topicsOf, type ActionPlanner } from '../../engines/alarms/actions.ts'
import type { LogSample, Tags } from '../../engines/alarms/facts.ts'
import { instantAt } from '../../engines/alarms/schedule.ts'
import { turnedContributors, type TurnedContributor } from '../../engines/contributors/transition.ts'
import type { AlarmRecord, Transition } from '../../model/alarm.ts'
import type { AlarmBook } from '../ports.ts'
import type { Finding } from './finding.ts'
import type { LogSamples } from './log-samples.ts'
import type { Mutes, TopicDirectory } from './ports.ts'
import { transitionOf } from './transition-of.ts'
import type { Watch } from './watch.ts'

/** A transition on its way into the store. */
interface Pending extends Finding {
  readonly transition: Transition
  readonly at: EpochMillis
}

/** What an evaluation has changed, committed: the state's value, or that of contributors, or both. */
export interface CommittedChange {
  readonly previous: AlarmRecord
  readonly record: AlarmRecord
  readonly turned: readonly TurnedContributor[]
}

/**
 * After so many, some 60 ms, what is prepared is committed and others get their turn: the first messages are on their way while the
 * next are written.
 */
const BATCH = 200
/** After so many failures of a whole batch each transition is tried alone, so that a bad one cannot hold up the others. */
const FAILURES_BEFORE_SINGLES = 2

/**
 * Makes findings lasting: state, history and messages of each in one transaction. What could not be committed is kept with its
 * message ids, and tried again by the next `flush`.
 */
export class TransitionCommits {
  readonly #clock: Clock
  readonly #log: Log
  readonly #book: AlarmBook
  readonly #topics: TopicDirectory
  readonly #mutes: Mutes
  readonly #planner: ActionPlanner
  readonly #samples: LogSamples
  readonly #onCommitted: (change: CommittedChange) => void
  readonly #pending = new Map<Watch, Pending>()
  #failures = 0
  /** One commit at a time. */
  #turn: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly clock: Clock
    readonly log: Log
    readonly book: AlarmBook
    readonly topics: TopicDirectory
    readonly mutes: Mutes
    readonly planner: ActionPlanner
    readonly samples: LogSamples
    readonly onCommitted: (change: CommittedChange) => void
  }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#book = options.book
    this.#topics = options.topics
    this.#mutes = options.mutes
    this.#planner = options.planner
    this.#samples = options.samples
    this.#onCommitted = options.onCommitted
  }

  /** Explains the findings and commits them. Where that fails they stay pending, or, not even explained, unseen. */
  async settle(findings: readonly Finding[]): Promise<void> {
    if (findings.length === 0) return
    let next = 0
    try {
      const arns = new Set(findings.flatMap(({ watch }) => topicsOf(watch.record.alarm)))
      const missing = arns.size === 0 ? arns : await this.#topics.missing([...arns])
      while (next < findings.length) {
        if (next > 0) await sleep(this.#clock, millis(0))
        const batch = findings.slice(next, next + BATCH)
        for (const pending of await this.#prepare(batch, missing)) this.#pending.set(pending.watch, pending)
        next += batch.length
        // While the store is in trouble one try a round is enough.
        if (this.#failures === 0 || next >= findings.length) await this.flush()
      }
    } catch (error) {
      this.#log.error({ alarms: findings.length - next, error: String(error) }, 'alarm transitions cannot be prepared; they are evaluated again')
      for (const finding of findings.slice(next)) unsee(finding)
      await this.flush()
    }
  }

  /** Commits what is pending; never rejects. */
  flush(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#flush())
    return this.#turn
  }

  /** Takes back a transition that is not committed: its alarm was changed by somebody else, and has to be judged anew. */
  withdraw(watch: Watch): void {
    const pending = this.#pending.get(watch)
    if (pending === undefined) return
    this.#pending.delete(watch)
    unsee(pending)
  }

  async #prepare(findings: readonly Finding[], missing: ReadonlySet<string>): Promise<readonly Pending[]> {
    const current: Finding[] = []
    for (const finding of findings) {
      if (isCurrent(finding)) current.push(finding)
      else unsee(finding)
    }
    const tags = await this.#tagsOf(current)
    const samples = new Map<Finding, LogSample>()
    for (const finding of current) {
      const sample = await this.#samples.of(finding, this.#clock.now())
      if (sample !== undefined) samples.set(finding, sample)
    }
    const now = this.#clock.now()
    return current.map(finding => {
      const { tenant, arn, name } = finding.previous.alarm
      const mute = this.#mutes.activeFor(tenant, name, now)
      const context = { tags: tags.get(arn) ?? {}, missingTopics: missing, mute, sample: samples.get(finding) }
      return { ...finding, at: now, transition: { ...transitionOf(finding, now, context, this.#planner), basedOn: finding.previous.state } }
    })
  }

  /** Only messages speak of tags. */
  async #tagsOf(batch: readonly Finding[]): Promise<ReadonlyMap<string, Tags>> {
    const arns = batch.map(({ previous }) => previous.alarm).filter(alarm => topicsOf(alarm).length > 0).map(({ arn }) => arn)
    return arns.length === 0 ? new Map() : this.#book.tagsOf(arns)
  }

  async #flush(): Promise<void> {
    for (const pending of this.#pending.values()) {
      if (!isCurrent(pending)) this.withdraw(pending.watch)
    }
    const all = [...this.#pending.values()]
    if (all.length === 0) return
    const groups = this.#failures < FAILURES_BEFORE_SINGLES ? [all] : all.map(pending => [pending])
    let failure: string | undefined
    for (const group of groups) {
      try {
        const done = new Set(await this.#book.commit(group.map(({ transition }) => transition)))
        for (const pending of group) {
          if (done.has(pending.transition)) this.#committed(pending)
          else this.#overtaken(pending)
        }
      } catch (error) {
        failure = String(error)
      }
    }
    if (failure === undefined) this.#failures = 0
    else {
      this.#failures++
      this.#log.error({ alarms: this.#pending.size, failures: this.#failures, error: failure }, 'alarm transitions cannot be committed; they are tried again')
    }
  }

  #committed({ watch, previous, contributors, step, transition, at }: Pending): void {
    this.#pending.delete(watch)
    watch.busy = false
    watch.settled = watch.seen
    if (transition.contributors !== undefined) watch.contributors = transition.contributors
    if (watch.record === previous) watch.record = transition.record
    const changed = transition.record.state.value !== previous.state.value
    if (changed) watch.lived.changed(watch.seen, previous.state.value)
    const turned = step === undefined ? [] : turnedContributors(previous, contributors, step, at)
    if (changed || turned.length > 0) this.#onCommitted({ previous, record: transition.record, turned })
  }

  /** Somebody's change came first. Mostly it was told of, and the transition withdrawn, while the store was at work. */
  #overtaken(pending: Pending): void {
    if (this.#pending.get(pending.watch) === pending) this.withdraw(pending.watch)
  }
}

/** Nobody has set the state, changed the definition or deleted the alarm since it was evaluated. */
const isCurrent = ({ watch, previous }: Finding): boolean => !watch.retired && watch.record === previous

/** As if the evaluation had not taken place; but a state that somebody has set meanwhile stands until the next instant. */
const unsee = ({ watch, previous }: Finding): void => {
  const { state } = watch.record
  watch.busy = false
  watch.lived.rewind(watch.settled)
  if (state !== previous.state) watch.settled = later(watch.settled, instantAt(watch.plan.cadence, toSeconds(state.updatedAt)))
  watch.seen = watch.settled
}
