import type { Log } from '../../base/log.ts'
import type { EpochSeconds } from '../../base/time.ts'
import type { Evaluator } from './evaluator.ts'
import type { Finding } from './finding.ts'
import type { TransitionCommits } from './transition-commits.ts'
import type { Watch } from './watch.ts'

/** Queries under way at once; the store's own short lane has about as many. */
const CONCURRENCY = 8

interface Due {
  readonly watch: Watch
  readonly instant: EpochSeconds
}

/**
 * Evaluates alarms whose windows reach below memory, beside the rounds: a slow query delays no alarm but its own. While one
 * set is under way others wait; what they miss meanwhile is made up for.
 */
export class StoredRounds {
  readonly #evaluator: Evaluator
  readonly #commits: TransitionCommits
  readonly #log: Log
  readonly #what: string
  #running: Promise<void> | undefined
  #failing = false

  /** `what` alarms are evaluated on, for the log. */
  constructor(evaluator: Evaluator, commits: TransitionCommits, log: Log, what: string) {
    this.#evaluator = evaluator
    this.#commits = commits
    this.#log = log
    this.#what = what
  }

  offer(due: readonly Due[]): void {
    if (due.length === 0 || this.#running !== undefined) return
    this.#running = this.#run(due).finally(() => {
      this.#running = undefined
    })
  }

  async idle(): Promise<void> {
    await this.#running
  }

  async #run(due: readonly Due[]): Promise<void> {
    const findings: Finding[] = []
    const failures: unknown[] = []
    const queue = due.values()
    const work = async (): Promise<void> => {
      for (const { watch, instant } of queue) {
        watch.busy = true
        let outcome: Finding | 'unchanged'
        try {
          outcome = await this.#evaluator.fromStore(watch, instant)
        } catch (error) {
          // It stays unseen up to where it was, so the next round tries again.
          failures.push(error)
          outcome = this.#evaluator.failed(watch, instant)
        }
        if (outcome === 'unchanged') watch.busy = false
        else findings.push(outcome)
      }
    }
    await Promise.all(Array.from({ length: CONCURRENCY }, work))
    this.#report(failures, due.length)
    await this.#commits.settle(findings)
  }

  /** Once when it begins and once when it is over, not once an alarm. */
  #report(failures: readonly unknown[], alarms: number): void {
    if (failures.length > 0 && !this.#failing) {
      this.#log.warn({ alarms: failures.length, of: alarms, error: String(failures[0]) }, `${this.#what} of alarms cannot be read; tried again every round`)
    }
    if (failures.length === 0 && this.#failing) this.#log.info({ alarms }, `${this.#what} of alarms can be read again`)
    this.#failing = failures.length > 0
  }
}
