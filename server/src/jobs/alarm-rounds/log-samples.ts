import type { Log } from '../../base/log.ts'
import { shorten } from '../../base/shorten.ts'
import type { EpochMillis } from '../../base/time.ts'
import { topicsOf } from '../../engines/alarms/actions.ts'
import type { LogSample } from '../../engines/alarms/facts.ts'
import { turnedContributors } from '../../engines/contributors/transition.ts'
import { lineSearch } from '../../engines/log-alarms/alarm-queries.ts'
import type { LogAlarm } from '../../model/alarm.ts'
import type { Finding } from './finding.ts'
import type { LogRow, LogSearcher } from './ports.ts'

/** In characters: fifty such lines leave room for the rest of a message, which may have 256 KB. */
const LONGEST_LINE = 1_000
/** When more contributors turn at once, the messages of the others have no lines: each is a query, and nobody reads them all. */
const MOST_SAMPLED = 10

/** The log lines that the messages of a transition show. */
export class LogSamples {
  readonly #logs: LogSearcher
  readonly #log: Log

  constructor(logs: LogSearcher, log: Log) {
    this.#logs = logs
    this.#log = log
  }

  /** Undefined: none are wanted. Lines that cannot be read hold up no message. */
  async of({ watch, previous, contributors, change, step }: Finding, now: EpochMillis): Promise<LogSample | undefined> {
    const { alarm } = previous
    if (alarm.kind !== 'log' || alarm.lines === 0 || !alarm.actionsEnabled || topicsOf(alarm).length === 0) return undefined
    const lines = new Map<string, readonly string[]>()
    const add = async (id: string, attributes?: Readonly<Record<string, string>>): Promise<void> => {
      const { groups, tenant } = alarm
      const answer = await this.#logs.find(tenant, { ...lineSearch(alarm, watch.seen, attributes), groups })
      if ('rows' in answer) lines.set(id, answer.rows.map(lineOf))
    }
    const turned = step === undefined ? [] : turnedContributors(previous, contributors, step, now).filter(({ contributor }) => contributor.value === 'ALARM')
    try {
      if (change !== undefined && change.problem === undefined) await add('')
      for (const { contributor } of turned.slice(0, MOST_SAMPLED)) await add(contributor.id, contributor.attributes)
    } catch (error) {
      this.#warn(alarm, error)
    }
    return { at: watch.seen, lines }
  }

  #warn({ arn }: LogAlarm, error: unknown): void {
    this.#log.warn({ alarm: arn, error: String(error) }, 'the log lines of a message cannot be read; it is sent without them')
  }
}

/** An event as it is, with its time where the query shows that; rows that are none, field by field. */
const lineOf = (row: LogRow): string => {
  const shown = row.filter(({ field }) => field !== '@ptr')
  const isEvent = shown.some(({ field }) => field === '@message')
  const text = shown.map(({ field, value }) => (isEvent ? value : `${field}=${value}`)).join(' ')
  return shorten(text.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim(), LONGEST_LINE)
}
