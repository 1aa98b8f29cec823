import { tokensOf, type Template, type TemplateToken } from './template.ts'
import { severityOf } from './severity.ts'

export interface Pattern {
  /** With `<Time-1>`, `<Number-2>` … where lines differ. */
  readonly text: string
  readonly severity: string | undefined
  readonly count: number
  readonly earlier: number
  readonly recent: number
}

/** So much of two templates' words must be the same for them to be one pattern. */
const SIMILARITY = 0.7
/** So many patterns of a length are compared with; others then stay by themselves. */
const COMPARED = 200

interface Cluster {
  readonly tokens: TemplateToken[]
  count: number
  earlier: number
  recent: number
}

/**
 * Folds templates that differ in a few words into patterns, the most frequent first (as Drain does: He et al., "Drain: An Online
 * Log Parsing Approach with Fixed Depth Tree", 2017).
 */
export const clustered = (templates: readonly Template[]): readonly Pattern[] => {
  const clusters: Cluster[] = []
  const alike = new Map<string, Cluster[]>()
  for (const template of [...templates].sort((a, b) => b.count + b.earlier - a.count - a.earlier)) {
    const tokens = tokensOf(template)
    const shape = shapeOf(tokens)
    const candidates = alike.get(shape) ?? []
    const { count, earlier, recent } = template
    const cluster = candidates.find(candidate => similarity(candidate.tokens, tokens) >= SIMILARITY)
    if (cluster !== undefined) {
      merge(cluster.tokens, tokens)
      cluster.count += count
      cluster.earlier += earlier
      cluster.recent += recent
      continue
    }
    const added = { tokens: [...tokens], count, earlier, recent }
    clusters.push(added)
    if (candidates.length < COMPARED) alike.set(shape, [...candidates, added])
  }
  return clusters.map(({ tokens, ...counts }) => ({ text: patternText(tokens), severity: severityOf(tokens), ...counts }))
}

/** Templates are only compared when they have as many parts and begin alike. */
const shapeOf = (tokens: readonly TemplateToken[]): string => `${tokens.length} ${tokens.slice(0, 2).map(({ kind, text }) => (kind === 'mark' ? '' : text)).join('')}`

const similarity = (a: readonly TemplateToken[], b: readonly TemplateToken[]): number => {
  let words = 0
  let same = 0
  for (const [index, one] of a.entries()) {
    const other = b[index]!
    if (one.kind === 'between' || other.kind === 'between') {
      if (one.kind !== other.kind || one.text !== other.text) return 0
      continue
    }
    words++
    if (one.kind === other.kind && (one.kind === 'mark' || one.text === other.text)) same++
  }
  return words === 0 ? 1 : same / words
}

const merge = (into: TemplateToken[], from: readonly TemplateToken[]): void => {
  for (const [index, one] of into.entries()) {
    const other = from[index]!
    if (one.kind === 'word' && (other.kind !== 'word' || other.text !== one.text)) into[index] = { text: other.text, kind: 'mark' }
  }
}

const patternText = (tokens: readonly TemplateToken[]): string => {
  let number = 0
  let text = ''
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    if (token.kind !== 'mark') {
      text += token.text
      continue
    }
    text += `<${kindOf(token.text)}-${++number}>`
    // A date and the time behind it are one.
    if (DATE.test(token.text) && tokens[index + 1]?.text === ' ' && TIME.test(tokens[index + 2]?.text ?? '')) index += 2
  }
  return text
}

const DATE = /^\d{4}[-/]\d{2}[-/]\d{2}$/
const TIME = /^\d{2}:\d{2}:\d{2}/

const KINDS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Time', /^\d{4}[-/]\d{2}[-/]\d{2}(?:[T ]\d{2}:\d{2}.*)?$|^\d{2}:\d{2}:\d{2}/],
  ['UUID', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
  ['IP', /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/],
  ['Number', /^[-+]?\d+(?:\.\d+)?%?$/],
  ['ID', /^[A-Za-z0-9][A-Za-z0-9_-]{7,}$/],
]

const kindOf = (value: string): string => KINDS.find(([, pattern]) => pattern.test(value))?.[0] ?? 'Token'
