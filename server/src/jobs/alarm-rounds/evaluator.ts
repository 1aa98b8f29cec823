import type { EpochSeconds } from '../../base/time.ts'
import { failed, type Finding } from './finding.ts'
import { followFetched, followRecalled } from './followed-contributors.ts'
import { judgeFetched, judgeRecalled } from './judged-window.ts'
import { fetchWarmUp, recallWarmUp } from './warm-up.ts'
import type { Watch } from './watch.ts'

/** Evaluates one alarm up to an instant: once, or, where instants were missed, for what they amount to. */
export class Evaluator {
  /** Windows read out of memory so far: the work done, in pieces of about a microsecond. */
  windowsRead = 0
  readonly #read = (): void => {
    this.windowsRead++
  }

  /** `elsewhere`: memory does not hold what it takes, and nothing has happened. */
  fromMemory(watch: Watch, instant: EpochSeconds): Finding | 'unchanged' | 'elsewhere' {
    const { plan, record, warming } = watch
    if (warming !== undefined) {
      const found = recallWarmUp(watch, warming, instant, this.#read)
      if (found !== 'over') return found === 'elsewhere' ? found : 'unchanged'
    }
    return plan.shape === 'window' ? judgeRecalled(watch, plan, instant, this.#read) : followRecalled({ watch, record, instant }, plan, this.#read)
  }

  async fromStore(watch: Watch, instant: EpochSeconds): Promise<Finding | 'unchanged'> {
    const { plan, record, warming } = watch
    if (warming !== undefined && (await fetchWarmUp(watch, warming, instant)) === 'warming') return 'unchanged'
    const subject = { watch, record, instant }
    return plan.shape === 'window' ? judgeFetched(subject, plan) : followFetched(subject, plan)
  }

  /** The store could not answer. */
  failed(watch: Watch, instant: EpochSeconds): Finding | 'unchanged' {
    return failed({ watch, record: watch.record, instant })
  }
}
