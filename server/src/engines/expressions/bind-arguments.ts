import { SyntaxProblem } from '../languages/syntax-problem.ts'
import type { Argument } from './call.ts'
import type { MathFunction, Parameter } from './functions/math-function.ts'
import type { Syntax } from './grammar/syntax.ts'
import { TYPE_NAMES } from './operators/combine.ts'
import type { StoredQuery } from './program.ts'
import type { Term } from './term.ts'

interface Names {
  term(syntax: Syntax): Term
  stored(id: string): StoredQuery | undefined
  isId(name: string): boolean
}

/** Checks arguments against a function's parameters. Throws `SyntaxProblem`. */
export const bindArguments = (fn: MathFunction, args: readonly Syntax[], at: number, names: Names): readonly Argument[] => {
  const parameters = spread(fn.parameters)
  const least = fn.parameters.filter(({ optional, repeats }) => optional === undefined && repeats === undefined).length
  if (args.length < least || args.length > parameters.length) {
    const expected = least === parameters.length ? `${least}` : `${least} to ${parameters.length}`
    throw new SyntaxProblem(`Function '${fn.name}' takes ${expected} argument${expected === '1' ? '' : 's'}, not ${args.length}`, at)
  }
  return args.map((syntax, index) => {
    const argument = bind(parameters[index]!, syntax, names)
    if (argument !== undefined) return { ...argument, start: syntax.start }
    throw new SyntaxProblem(`Function '${fn.name}' takes ${accepted(parameters[index]!)} as argument ${index + 1}`, syntax.start)
  })
}

/** What a parameter takes, in words: `TS, TS[] or REPEAT`. */
export const accepted = ({ takes, words }: Parameter): string => {
  const all = [...takes.map(kind => ACCEPTED[kind]), ...(words ?? [])]
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} or ${all.at(-1)!}`
}

const ACCEPTED = {
  ...TYPE_NAMES,
  string: 'a string',
  strings: 'a list of strings',
  number: 'a number',
  metric: 'the Id of a metric',
  id: 'an Id',
} as const

const spread = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.flatMap(parameter => Array<Parameter>(parameter.repeats ?? 1).fill(parameter))

/** Undefined: it is nothing that the parameter takes. */
const bind = ({ takes, words }: Parameter, syntax: Syntax, names: Names): Argument | undefined => {
  const { start } = syntax
  const word = wordOf(syntax, names)
  if (word !== undefined) return words?.includes(word) === true ? { kind: 'word', word, start } : undefined
  if (syntax.kind === 'text') return takes.includes('string') ? { kind: 'text', text: syntax.text, start } : undefined
  const texts = takes.includes('strings') ? textsOf(syntax) : undefined
  if (texts !== undefined) return { kind: 'texts', texts, start }
  const number = takes.includes('number') ? numberOf(syntax) : undefined
  if (number !== undefined) return { kind: 'number', number, start }
  // Made in any case, since it may have something better to complain about.
  const term = names.term(syntax)
  if (syntax.kind === 'id') {
    const stored = names.stored(syntax.name)
    if (takes.includes('id') || (stored !== undefined && takes.includes('metric'))) return { kind: 'id', id: syntax.name, stored, start }
  }
  return takes.includes(term.shape) ? { kind: 'term', term, start } : undefined
}

const wordOf = (syntax: Syntax, names: Names): string | undefined => {
  if (syntax.kind === 'word') return syntax.word
  return syntax.kind === 'id' && BOOLEANS.has(syntax.name) && !names.isId(syntax.name) ? syntax.name : undefined
}

const BOOLEANS: ReadonlySet<string> = new Set(['true', 'false'])

const textsOf = (syntax: Syntax): readonly string[] | undefined => {
  if (syntax.kind !== 'list') return undefined
  const texts = syntax.items.flatMap(item => (item.kind === 'text' ? [item.text] : []))
  return texts.length === syntax.items.length ? texts : undefined
}

const numberOf = (syntax: Syntax): number | undefined => {
  if (syntax.kind === 'number') return syntax.value
  return syntax.kind === 'minus' && syntax.operand.kind === 'number' ? -syntax.operand.value : undefined
}
