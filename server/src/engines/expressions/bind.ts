import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { bindArguments } from './bind-arguments.ts'
import { Call, type Scope } from './call.ts'
import type { Syntax } from './grammar/syntax.ts'
import { combine, negated } from './operators/combine.ts'
import { functionNamed } from './registry.ts'
import { list, scalar, type ListTerm, type SeriesTerm, type Term } from './term.ts'

/** Checks a parsed expression and makes it ready to be evaluated. `text` is what it was parsed from. Throws `SyntaxProblem`. */
export const bind = (syntax: Syntax, text: string, scope: Scope): Term => {
  const source = ({ start, end }: Syntax): string => text.slice(start, end)

  const term = (node: Syntax): Term => {
    switch (node.kind) {
      case 'number':
        return scalar(() => node.value)
      case 'id':
        return scope.refer(node.name) ?? notFound('Identifier', node.name, node.start)
      case 'minus':
        return negated(term(node.operand))
      case 'binary':
        return combine(node.symbol, term(node.left), term(node.right), node, source(node))
      case 'list':
        return joined(node.items.map(item => seriesOrList(item)))
      case 'call': {
        const fn = functionNamed(node.name) ?? notFound('Function', node.name, node.start)
        return fn.bind(new Call(source(node), scope, bindArguments(fn, node.args, node.start, names)))
      }
      case 'text':
        throw new SyntaxProblem('A string is no operand', node.start)
      case 'word':
        return notFound('Identifier', node.word, node.start)
    }
  }

  const seriesOrList = (item: Syntax): SeriesTerm | ListTerm => {
    const bound = term(item)
    if (bound.shape === 'scalar') throw new SyntaxProblem('A list takes TS or TS[], not S', item.start)
    return bound
  }

  const names = {
    term,
    stored: (id: string) => scope.metric(id),
    isId: (name: string) => scope.refer(name) !== undefined,
  }
  return term(syntax)
}

/** `[a, b]`; lists within are joined, not nested. */
const joined = (items: readonly (SeriesTerm | ListTerm)[]): ListTerm =>
  list(run => {
    const lines = items.flatMap(item => (item.shape === 'series' ? [item.at(run)] : item.at(run)))
    run.reading(lines.length)
    return lines
  })

const notFound = (what: string, name: string, at: number): never => {
  throw new SyntaxProblem(`${what} '${name.slice(0, 60)}' not found`, at)
}
