import type { MetricIdentity } from '../../model/metric.ts'
import { KnownNames, type Candidates, type Listing } from './listing.ts'
import { nameTokens, termMatches } from './name-tokens.ts'
import { readSearch, type ParsedSearch } from './parse-search.ts'
import type { SearchTerm } from './term.ts'

/** A search, ready to be asked of metrics. */
export interface MetricSearch {
  /** What every match has: the directory can be asked for that alone. */
  readonly namespace: string | undefined
  readonly name: string | undefined
  matches(metric: MetricIdentity): boolean
  /** Metrics of a listing, all that match among them and few others. */
  candidates(listing: Listing): readonly MetricIdentity[]
}

/** `account`: whose metrics are searched, what `:aws.AccountId` speaks of; `names` may serve several searches. Throws `SyntaxProblem`. */
export const parseSearch = (text: string, account: string, names = new KnownNames()): MetricSearch => {
  const parsed = readSearch(text)
  const fits = schemaTest(parsed.schema)
  const test = parsed.term === undefined ? always : compile(parsed.term, account, names)
  return {
    namespace: parsed.schema?.namespace ?? demanded(parsed.term, 'Namespace'),
    name: demanded(parsed.term, 'MetricName'),
    matches: metric => fits(metric) && test(metric),
    candidates: listing => listing.metrics(parsed.term && narrowed(parsed.term, listing)),
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

const compile = (term: SearchTerm, account: string, names: KnownNames): Test => {
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

const partOf = (value: string, names: KnownNames) => {
  const term = nameTokens(value)
  return (text: string): boolean => termMatches(term, names.tokens(text))
}

/** Undefined: any metric may match. */
const narrowed = (term: SearchTerm, listing: Listing): Candidates | undefined => {
  switch (term.kind) {
    case 'and': {
      const parts = term.terms.map(part => narrowed(part, listing)).filter(part => part !== undefined)
      return parts.reduce<Candidates | undefined>((least, part) => (least === undefined || part.size < least.size ? part : least), undefined)
    }
    case 'or': {
      const parts = term.terms.map(part => narrowed(part, listing))
      if (!parts.every(part => part !== undefined)) return undefined
      return { size: parts.reduce((size, part) => size + part.size, 0), lists: parts.flatMap(({ lists }) => lists) }
    }
    case 'not': return undefined
    case 'text':
      if (term.property === ':aws.AccountId') return undefined
      return term.exact ? listing.equalTo(term.value) : listing.partOf(nameTokens(term.value))
  }
}
