import type { MetricIdentity } from '../../model/metric.ts'
import { nameTokens, termMatches, type NameTokens } from './name-tokens.ts'
import { readSearch, type ParsedSearch } from './parse-search.ts'
import type { SearchTerm } from './term.ts'

/** A search, ready to be asked of metrics. */
export interface MetricSearch {
  /** What every match has: the directory can be asked for that alone. */
  readonly namespace: string | undefined
  readonly name: string | undefined
  matches(metric: MetricIdentity): boolean
}

/** `account`: whose metrics are searched, what `:aws.AccountId` speaks of. Throws `SyntaxProblem`. */
export const parseSearch = (text: string, account: string): MetricSearch => {
  const parsed = readSearch(text)
  const fits = schemaTest(parsed.schema)
  const test = parsed.term === undefined ? always : compile(parsed.term, account, new Names())
  return {
    namespace: parsed.schema?.namespace ?? demanded(parsed.term, 'Namespace'),
    name: demanded(parsed.term, 'MetricName'),
    matches: metric => fits(metric) && test(metric),
  }
}

type Test = (metric: MetricIdentity) => boolean

const always: Test = () => true

const schemaTest = (schema: ParsedSearch['schema']): Test => {
  if (schema === undefined) return always
  const wanted = [...new Set(schema.dimensions)]
  return ({ namespace, dimensions }) =>
    namespace === schema.namespace &&
    dimensions.length === wanted.length &&
    wanted.every(name => dimensions.some(dimension => dimension.name === name))
}

/** The text that a property must be equal to in every match, if there is one. */
const demanded = (term: SearchTerm | undefined, property: string): string | undefined => {
  if (term?.kind === 'text') return term.exact && term.property === property ? term.value : undefined
  if (term?.kind !== 'and') return undefined
  for (const part of term.terms) {
    const found = demanded(part, property)
    if (found !== undefined) return found
  }
  return undefined
}

const compile = (term: SearchTerm, account: string, names: Names): Test => {
  switch (term.kind) {
    case 'and': {
      const tests = term.terms.map(part => compile(part, account, names))
      return metric => tests.every(test => test(metric))
    }
    case 'or': {
      const tests = term.terms.map(part => compile(part, account, names))
      return metric => tests.some(test => test(metric))
    }
    case 'not': {
      const test = compile(term.term, account, names)
      return metric => !test(metric)
    }
    case 'text': return textTest(term.property, account, term.exact ? equalTo(term.value) : partOf(term.value, names))
  }
}

/** `'LOCAL'` is the account that asks. */
const LOCAL = 'LOCAL'

const textTest = (property: string | undefined, account: string, finds: (text: string) => boolean): Test => {
  switch (property) {
    case undefined:
      return ({ namespace, name, dimensions }) =>
        finds(name) || finds(namespace) || dimensions.some(dimension => finds(dimension.name) || finds(dimension.value))
    case 'Namespace': return ({ namespace }) => finds(namespace)
    case 'MetricName': return ({ name }) => finds(name)
    case ':aws.AccountId': {
      const own = finds(account) || finds(LOCAL)
      return () => own
    }
    default: return ({ dimensions }) => dimensions.some(({ name, value }) => name === property && finds(value))
  }
}

const equalTo = (value: string) => (text: string): boolean => text === value

const partOf = (value: string, names: Names) => {
  const term = nameTokens(value)
  return (text: string): boolean => termMatches(term, names.tokens(text))
}

/** Names recur from metric to metric; each is taken apart once a search. */
class Names {
  readonly #known = new Map<string, NameTokens>()

  tokens(name: string): NameTokens {
    let tokens = this.#known.get(name)
    if (tokens === undefined) this.#known.set(name, (tokens = nameTokens(name)))
    return tokens
  }
}
