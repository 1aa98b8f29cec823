import { Cron } from 'croner'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'

/** When a query runs. */
export interface QuerySchedule {
  /** The first run after `at`; undefined: there is none. */
  readonly next: (at: EpochMillis) => EpochMillis | undefined
}

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }

/** Reads `rate(5 minutes)`, `cron(0 9 * * ? *)` as EventBridge writes it, or five fields of cron. Throws `SyntaxProblem`. */
export const parseQuerySchedule = (expression: string, timezone = 'UTC'): QuerySchedule => {
  const [, count, unit] = /^rate\((\d{1,6}) (minute|hour|day)s?\)$/.exec(expression) ?? []
  if (unit !== undefined) return every(Number(count) * UNITS[unit]!, expression)
  const fields = (/^cron\((.*)\)$/s.exec(expression)?.[1] ?? expression).trim().split(/\s+/)
  if (fields.length !== 5 && fields.length !== 6) throw new SyntaxProblem(`Invalid schedule expression ${expression}`, 0)
  const pattern = fields.length === 5 ? ['0', ...fields, '*'] : ['0', ...fields.map(stepsToEnd).map((field, at) => (at === DAY_OF_WEEK ? fromSunday(field) : field))]
  try {
    const cron = new Cron(pattern.map(field => (field === '?' ? '*' : field)).join(' '), { timezone, mode: '7-part' })
    cron.nextRun(new Date(0))
    return {
      next: at => {
        const run = cron.nextRun(new Date(at))
        return run === null ? undefined : epochMillis(run.getTime())
      },
    }
  } catch (error) {
    throw new SyntaxProblem(`Invalid schedule expression ${expression}: ${error instanceof Error ? error.message : String(error)}`, 0)
  }
}

/** At multiples of the interval since 1970. */
const every = (interval: number, expression: string): QuerySchedule => {
  if (interval === 0) throw new SyntaxProblem(`Invalid schedule expression ${expression}`, 0)
  return { next: at => epochMillis((Math.floor(at / interval) + 1) * interval) }
}

/** Of minutes, hours, days, months, days of the week and years, as EventBridge has them. */
const LAST = [59, 23, 31, 12, 7, 2199] as const
const DAY_OF_WEEK = 4

/** `0/5`, every fifth from the first on: up to the field's last one. */
const stepsToEnd = (field: string, at: number): string => field.replace(/(?<![\w\-/])(\d+)\/(?=\d)/g, `$1-${LAST[at]}/`)

/** With a year behind it, a day of the week is 1 for Sunday to 7. */
const fromSunday = (field: string): string => field.replace(/(?<![#\w/])[1-7](?=L?(?!\w))/g, day => String(Number(day) - 1))
