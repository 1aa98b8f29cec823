import type { Syntax } from './syntax.ts'

/** Every piece of an expression, itself first; those beside each other in no particular order. */
export function* pieces(syntax: Syntax): Generator<Syntax> {
  const waiting = [syntax]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    waiting.push(...parts(next))
  }
}

const parts = (syntax: Syntax): readonly Syntax[] => {
  switch (syntax.kind) {
    case 'call':
      return syntax.args
    case 'list':
      return syntax.items
    case 'minus':
      return [syntax.operand]
    case 'binary':
      return [syntax.left, syntax.right]
    case 'number':
    case 'text':
    case 'id':
    case 'word':
      return []
  }
}
