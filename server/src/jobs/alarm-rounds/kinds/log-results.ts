import { epochSeconds, type EpochSeconds } from '../../../base/time.ts'
import type { Aggregation } from '../../../engines/log-alarms/aggregation.ts'
import { MOST_CONTRIBUTORS, valueSearch } from '../../../engines/log-alarms/alarm-queries.ts'
import type { LogAlarm } from '../../../model/alarm.ts'
import type { LogRow, LogSearcher } from '../ports.ts'

/** What one run of an alarm's query has found. */
export interface LogResult {
  /** Without `by` one at most. */
  readonly contributors: readonly LogContribution[]
  /** There were more than AWS looks at. */
  readonly cut: boolean
}

interface LogContribution {
  /** What it is known by among those of other runs. */
  readonly key: string
  readonly attributes: Readonly<Record<string, string>>
  /** NaN: there is no value, such as the average of a field that no event has. */
  readonly value: number
}

/**
 * The results of an alarm's newest N runs. Each is asked for once, when it is due: what arrives late changes no result. Those from before
 * the alarm was defined, or from before the server was started, are computed when they are needed first.
 */
export class LogResults {
  readonly #alarm: LogAlarm
  readonly #aggregation: Aggregation
  readonly #logs: LogSearcher
  readonly #known = new Map<number, LogResult>()

  constructor(alarm: LogAlarm, aggregation: Aggregation, logs: LogSearcher) {
    this.#alarm = alarm
    this.#aggregation = aggregation
    this.#logs = logs
  }

  /** Of the runs up to `instant`, oldest first; or what is wrong with the query. */
  async newest(instant: EpochSeconds): Promise<readonly LogResult[] | { readonly error: string }> {
    const { period, evaluationPeriods } = this.#alarm
    const found: LogResult[] = []
    // The newest first: where the query is wrong, one run is enough to know it.
    for (let back = 0; back < evaluationPeriods; back++) {
      const result = await this.#at(epochSeconds(instant - back * period))
      if ('error' in result) return result
      found.unshift(result)
    }
    this.#forget(instant)
    return found
  }

  async #at(instant: EpochSeconds): Promise<LogResult | { readonly error: string }> {
    const known = this.#known.get(instant)
    if (known !== undefined) return known
    const answer = await this.#logs.find(this.#alarm.tenant, { ...valueSearch(this.#alarm, this.#aggregation, instant), groups: this.#alarm.groups })
    if ('error' in answer) return answer
    const result = this.#resultOf(answer.rows)
    this.#known.set(instant, result)
    return result
  }

  #resultOf(rows: readonly LogRow[]): LogResult {
    const { by, counts } = this.#aggregation
    if (by.length > 0) return { contributors: rows.slice(0, MOST_CONTRIBUTORS).map(row => this.#contribution(row)), cut: rows.length > MOST_CONTRIBUTORS }
    const [row] = rows
    if (row === undefined) return { contributors: counts ? [{ key: '', attributes: {}, value: 0 }] : [], cut: false }
    return { contributors: [this.#contribution(row)], cut: false }
  }

  #contribution(row: LogRow): LogContribution {
    const { by, value } = this.#aggregation
    const fields = new Map(row.map(each => [each.field, each.value]))
    const attributes = Object.fromEntries(by.flatMap(({ field }) => (fields.has(field) ? [[field, fields.get(field)!]] : [])))
    const text = fields.get(value)
    return { key: JSON.stringify(attributes), attributes, value: text === undefined || text === '' ? NaN : Number(text) }
  }

  /** Missed runs are asked for backwards as well as forwards, so as many again are kept. */
  #forget(newest: EpochSeconds): void {
    const { period, evaluationPeriods } = this.#alarm
    for (const instant of this.#known.keys()) {
      if (Math.abs(newest - instant) > 2 * evaluationPeriods * period) this.#known.delete(instant)
    }
  }
}
