import type { SyntaxNode } from '@lezer/common'
import { NAME } from './labels.ts'
import { matcher, type Matcher, type MatchSymbol } from './matcher.ts'
import { PatternError } from './pattern.ts'
import type { Selector } from './plan.ts'
import { childrenOf, literalText, problem, type Source } from './syntax.ts'

/** `up{host=~"a|b"}`, `{"a.metric", host!="c"}`. */
export const selector = (source: Source, node: SyntaxNode): Selector => {
  const matchers: Matcher[] = []
  let named = false
  const name = (text: string, at: SyntaxNode): void => {
    if (named) throw problem(`metric name must not be set twice: ${JSON.stringify(text)}`, at)
    named = true
    matchers.push(matcher(NAME, '=', text))
  }
  for (const part of childrenOf(node)) {
    if (part.name === 'Identifier') name(source.text.slice(part.from, part.to), part)
    else {
      for (const entry of childrenOf(part)) {
        if (entry.name === 'QuotedLabelName') name(literalText(source, childrenOf(entry)[0]!), entry)
        else matchers.push(labelMatcher(source, entry))
      }
    }
  }
  if (named && childrenOf(node)[0]!.name === 'Identifier' && matchers.filter(({ name: label }) => label === NAME).length > 1) {
    throw problem(`metric name must not be set twice: ${JSON.stringify(matchers[0]!.value)}`, node)
  }
  if (matchers.every(({ matches }) => matches(''))) throw problem('vector selector must contain at least one non-empty matcher', node)
  return { kind: 'selector', type: 'vector', matchers, range: undefined, offset: 0 }
}

const labelMatcher = (source: Source, node: SyntaxNode): Matcher => {
  const [label, symbol, value] = childrenOf(node)
  const name = label!.name === 'QuotedLabelName' ? literalText(source, childrenOf(label!)[0]!) : source.text.slice(label!.from, label!.to)
  try {
    return matcher(name, source.text.slice(symbol!.from, symbol!.to) as MatchSymbol, literalText(source, value!))
  } catch (error) {
    if (error instanceof PatternError) throw problem(error.message, value!)
    throw error
  }
}
