import { epochMillis, millis, type EpochMillis, type Millis } from '../../base/time.ts'
import { SyntaxProblem } from '../../engines/languages/syntax-problem.ts'
import { problemText } from '../../engines/promql/alarm-query.ts'
import type { Matcher } from '../../engines/promql/matcher.ts'
import { durationMillis } from '../../engines/promql/numbers.ts'
import { parsePromql, parseSelector } from '../../engines/promql/parse.ts'
import type { Plan } from '../../engines/promql/plan.ts'

/** A parameter is missing or makes no sense: `bad_data`, status 400. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter'
}

/** A time that is beyond all data is a mistake, and arithmetic on it would be one, too; seconds. */
const LATEST = 253_402_300_799

/** The parameters of a request to the query API, of its query string and, if it is a form, of its body. */
export class QueryParameters {
  readonly #values: URLSearchParams

  constructor(query: string, form: string) {
    this.#values = new URLSearchParams(query)
    for (const [name, value] of new URLSearchParams(form)) this.#values.append(name, value)
  }

  query(): Plan {
    return planned('query', this.#values.get('query') ?? '', parsePromql)
  }

  /** Each a list of matchers. */
  matches(): readonly (readonly Matcher[])[] {
    return this.#values.getAll('match[]').map(text => planned('match[]', text, parseSelector).matchers)
  }

  /** Seconds since the epoch or RFC 3339. `otherwise` when it is not given; undefined: it has to be. */
  time(name: string, otherwise: EpochMillis | undefined): EpochMillis {
    const text = this.#values.get(name)
    if (text === null || text === '') {
      if (otherwise !== undefined) return otherwise
      throw invalid(name, 'cannot parse "" to a valid timestamp')
    }
    const seconds = NUMBER.test(text) ? Number(text) : RFC3339.test(text) ? Date.parse(text) / 1000 : NaN
    if (!(Math.abs(seconds) <= LATEST)) throw invalid(name, `cannot parse ${JSON.stringify(text)} to a valid timestamp`)
    return epochMillis(Math.round(seconds * 1000))
  }

  /** Seconds, or a duration such as `5m`. */
  duration(name: string, otherwise: Millis | undefined): Millis {
    const text = this.#values.get(name) ?? ''
    if (text === '' && otherwise !== undefined) return otherwise
    const length = NUMBER.test(text) ? Math.round(Number(text) * 1000) : durationMillis(text)
    if (length === undefined || !Number.isSafeInteger(length)) throw invalid(name, `cannot parse ${JSON.stringify(text)} to a valid duration`)
    return millis(length)
  }

  /** How many entries are wanted at most; all of them when it is 0 or not given. */
  limit(): number {
    const text = this.#values.get('limit') ?? '0'
    if (!/^\d{1,9}$/.test(text)) throw invalid('limit', `cannot parse ${JSON.stringify(text)} to a number that is not negative`)
    return Number(text) === 0 ? Infinity : Number(text)
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

const planned = <Result>(name: string, text: string, parse: (text: string) => Result): Result => {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof SyntaxProblem) throw invalid(name, problemText(text, error))
    throw error
  }
}

const invalid = (name: string, message: string): BadParameter => new BadParameter(`invalid parameter "${name}": ${message}`)
