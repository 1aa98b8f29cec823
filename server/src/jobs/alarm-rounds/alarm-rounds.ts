import { sleep, type Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { epochMillis, millis, toMillis, toSeconds, type EpochSeconds } from '../../base/time.ts'
import type { ActionPlanner } from '../../engines/alarms/actions.ts'
import { instantAt } from '../../engines/alarms/schedule.ts'
import type { AlarmRecord } from '../../model/alarm.ts'
import type { AlarmBook } from '../ports.ts'
import { Rounds, untilNext } from '../rounds.ts'
import { Evaluator } from './evaluator.ts'
import type { Finding } from './finding.ts'
import { plans, type AlarmSources } from './kinds/plans.ts'
import { LogSamples } from './log-samples.ts'
import type { Mutes, TopicDirectory } from './ports.ts'
import { Roster } from './roster.ts'
import { StoredRounds } from './stored-rounds.ts'
import { TransitionCommits, type CommittedChange } from './transition-commits.ts'
import type { Watch } from './watch.ts'

/**
 * How long after a period's end it is evaluated, so that what was sent in its last moment has arrived: a request takes up to
 * 50 ms to be acknowledged, and as much on its way. The rest of the two seconds to the receiver is for the message.
 */
const EVALUATION_GRACE = millis(200)

/** The finest cadence: evaluation instants lie on its multiples. */
const TICK = millis(10_000)

/**
 * A clock that was set back by less is waited for: no instant is evaluated twice. When it was set back by more, waiting would
 * leave alarms blind, and evaluation goes on from the new time (see `Lived` for why nothing is sent again).
 */
const WAITED_FOR = 60

/** After so many windows, some 20 ms, requests get their turn: a long stop can leave millions of them to look at. */
const WINDOWS_AT_A_STRETCH = 20_000

export interface AlarmRoundsOptions {
  readonly clock: Clock
  readonly log: Log
  readonly book: AlarmBook
  readonly topics: TopicDirectory
  readonly mutes: Mutes
  readonly sources: AlarmSources
  readonly planner: ActionPlanner
}

/**
 * The clockwork of alarms: at every evaluation instant all due alarms are evaluated, from memory at once, the others from the
 * store as it answers, and what changed is committed with its history and its messages.
 */
export class AlarmRounds {
  readonly #clock: Clock
  readonly #log: Log
  readonly #book: AlarmBook
  readonly #roster: Roster
  readonly #evaluator = new Evaluator()
  readonly #commits: TransitionCommits
  readonly #stored: StoredRounds
  /** Those that search logs: a slow search must not keep alarms on metrics waiting. */
  readonly #searching: StoredRounds
  readonly #listeners: ((change: CommittedChange) => void)[] = []
  readonly #rounds: Rounds
  #upToSaved: EpochSeconds | undefined

  constructor(options: AlarmRoundsOptions) {
    const { clock, log, book } = options
    this.#clock = clock
    this.#log = log
    this.#book = book
    this.#rounds = new Rounds({ clock, round: () => this.#run(), pause: untilNext(clock, TICK, EVALUATION_GRACE) })
    this.#roster = new Roster(plans(options.sources))
    this.#commits = new TransitionCommits({
      clock, log, book,
      topics: options.topics,
      mutes: options.mutes,
      planner: options.planner,
      samples: new LogSamples(options.sources.logs, log),
      onCommitted: change => this.#tell(change),
    })
    this.#stored = new StoredRounds(this.#evaluator, this.#commits, log, 'stored metrics')
    this.#searching = new StoredRounds(this.#evaluator, this.#commits, log, 'logs')
  }

  /** Called after each committed change that an evaluation made. */
  onCommitted(listener: (change: CommittedChange) => void): void {
    this.#listeners.push(listener)
  }

  /** Takes up every alarm, makes up for the instants missed since the last process, and goes on from there. */
  async start(): Promise<void> {
    const touched = new Set<string>()
    let loading = true
    this.#book.onChange(({ arn, record }) => {
      if (loading) touched.add(arn)
      this.#changed(arn, record)
    })
    const [records, contributors, upTo] = await Promise.all([this.#book.all(), this.#book.contributors(), this.#book.evaluatedUpTo()])
    const now = this.#clock.now()
    for (const record of records) {
      const { arn } = record.alarm
      if (!touched.has(arn)) this.#roster.restore(record, contributors.get(arn) ?? [], upTo, now)
    }
    loading = false
    await this.#rounds.startNow()
  }

  /** Resolves when the round that may be under way is over. */
  async stop(): Promise<void> {
    await this.#rounds.stop()
    await Promise.all([this.#stored.idle(), this.#searching.idle()])
  }

  /** For the health page. */
  get status(): { readonly alarms: number; readonly evaluatedUpTo: EpochSeconds | undefined } {
    return { alarms: this.#roster.size, evaluatedUpTo: this.#upToSaved }
  }

  /** Instants that pass while a round runs are made up for by the next. */
  async #run(): Promise<void> {
    try {
      await this.#round()
    } catch (error) {
      this.#log.error({ error: String(error) }, 'alarm round failed; the next one makes up for it')
    }
  }

  async #round(): Promise<void> {
    await this.#commits.flush()
    const newest = instantAt(10, toSeconds(epochMillis(this.#clock.now() - EVALUATION_GRACE)))
    const findings: Finding[] = []
    let pause = this.#evaluator.windowsRead + WINDOWS_AT_A_STRETCH
    const elsewhere: { watch: Watch; instant: EpochSeconds }[] = []
    /** Those whose evaluation may not be settled when the round is over. */
    const open: { watch: Watch; instant: EpochSeconds }[] = []
    for (const [cadence, watches] of this.#roster.byCadence) {
      const instant = instantAt(cadence, newest)
      for (const watch of watches) {
        if (watch.busy) open.push({ watch, instant })
        if (watch.busy || watch.seen === instant) continue
        if (watch.seen > instant) {
          if (watch.seen - newest > Math.max(WAITED_FOR, cadence)) watch.rewind(instant)
          continue
        }
        if (this.#evaluator.windowsRead >= pause) {
          pause += WINDOWS_AT_A_STRETCH
          await sleep(this.#clock, millis(0))
        }
        const outcome = this.#evaluator.fromMemory(watch, instant)
        if (outcome === 'unchanged') continue
        open.push({ watch, instant })
        if (outcome === 'elsewhere') elsewhere.push({ watch, instant })
        else findings.push(outcome)
      }
    }
    await this.#commits.settle(findings)
    this.#stored.offer(elsewhere.filter(({ watch }) => watch.plan.lengthy !== true))
    this.#searching.offer(elsewhere.filter(({ watch }) => watch.plan.lengthy === true))
    await this.#save(evaluatedUpTo(newest, open))
  }

  /** Once a minute is enough: what is evaluated again after a crash has its state already. */
  async #save(upTo: EpochSeconds): Promise<void> {
    if (this.#upToSaved !== undefined && Math.floor(upTo / 60) === Math.floor(this.#upToSaved / 60)) return
    await this.#book.setEvaluatedUpTo(toMillis(upTo))
    this.#upToSaved = upTo
  }

  #changed(arn: string, record: AlarmRecord | undefined): void {
    const watch = this.#roster.get(arn)
    if (watch !== undefined) this.#commits.withdraw(watch)
    if (record === undefined) this.#roster.remove(arn)
    else this.#roster.update(record, this.#clock.now())
  }

  #tell(change: CommittedChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change)
      } catch (error) {
        this.#log.error({ alarm: change.record.alarm.arn, error: String(error) }, 'a listener of alarm state changes failed')
      }
    }
  }
}

/** The instant up to which every alarm is evaluated and committed, when `newest` is the newest instant of all. */
const evaluatedUpTo = (newest: EpochSeconds, open: readonly { readonly watch: Watch; readonly instant: EpochSeconds }[]): EpochSeconds => {
  let oldest = newest
  for (const { watch, instant } of open) {
    if (!watch.retired && (watch.busy || watch.seen < instant) && watch.settled < oldest) oldest = watch.settled
  }
  return oldest
}
