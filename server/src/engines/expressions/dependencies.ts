import { ExpressionError } from './expression-error.ts'
import type { Syntax } from './grammar/syntax.ts'
import { pieces } from './grammar/walk.ts'
import type { ExpressionQuery } from './program.ts'

export interface Parsed {
  readonly query: ExpressionQuery
  /** Undefined: a Metrics Insights query, which names no others. */
  readonly syntax: Syntax | undefined
}

/** The expressions in an order in which each comes after those that it names. Throws `ExpressionError` for a circle. */
export const inOrder = (expressions: readonly Parsed[]): readonly Parsed[] => {
  const byId = new Map(expressions.map(parsed => [parsed.query.id, parsed]))
  const states = new Map<string, 'open' | 'done'>()
  const ordered: Parsed[] = []
  // A stack of its own: five hundred expressions in a row are deeper than the machine's would like.
  for (const first of expressions) {
    const trail: { readonly parsed: Parsed; readonly left: string[] }[] = []
    const enter = (parsed: Parsed): void => {
      states.set(parsed.query.id, 'open')
      trail.push({ parsed, left: namesIn(parsed.syntax).filter(name => byId.has(name)) })
    }
    if (!states.has(first.query.id)) enter(first)
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const name = top.left.pop()
      if (name === undefined) {
        states.set(top.parsed.query.id, 'done')
        ordered.push(top.parsed)
        trail.pop()
      } else if (states.get(name) === 'open') {
        const ids = trail.map(({ parsed }) => parsed.query.id)
        throw new ExpressionError(name, `Circular reference: ${[...ids.slice(ids.indexOf(name)), name].join(' → ')}`)
      } else if (!states.has(name)) {
        enter(byId.get(name)!)
      }
    }
  }
  return ordered
}

const namesIn = (syntax: Syntax | undefined): string[] => {
  const names = new Set<string>()
  if (syntax !== undefined) for (const piece of pieces(syntax)) if (piece.kind === 'id') names.add(piece.name)
  return [...names].reverse()
}
