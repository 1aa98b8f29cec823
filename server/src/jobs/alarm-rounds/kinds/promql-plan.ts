import type { EpochSeconds } from '../../../base/time.ts'
import { stepPromql } from '../../../engines/contributors/promql-step.ts'
import type { PromqlAlarm } from '../../../model/alarm.ts'
import type { PromqlEvaluator } from '../ports.ts'
import type { ContributorPlan, SeenStep } from './plan.ts'

/** An alarm on an instant query. The query may reach anywhere, so it is always fetched. */
export class PromqlPlan implements ContributorPlan {
  readonly shape = 'contributors'
  readonly cadence: number
  readonly coarse: number
  readonly reach: number
  readonly #alarm: PromqlAlarm
  readonly #promql: PromqlEvaluator

  constructor(alarm: PromqlAlarm, promql: PromqlEvaluator) {
    this.cadence = alarm.evaluationInterval
    this.coarse = Math.max(alarm.evaluationInterval, 60)
    this.reach = alarm.pendingPeriod + alarm.recoveryPeriod
    this.#alarm = alarm
    this.#promql = promql
  }

  recall(): undefined {
    return undefined
  }

  async fetch(instant: EpochSeconds): Promise<SeenStep> {
    const alarm = this.#alarm
    const answer = await this.#promql.instant(alarm.tenant, alarm.query, instant)
    if ('error' in answer) return { evaluation: 'EVALUATION_ERROR', step: undefined }
    return { evaluation: answer.partial ? 'PARTIAL_DATA' : undefined, step: before => stepPromql(alarm, before, answer.series, instant) }
  }
}
