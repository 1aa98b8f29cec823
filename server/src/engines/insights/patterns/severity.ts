import type { TemplateToken } from './template.ts'

const LABELS: readonly (readonly [label: string, words: RegExp])[] = [
  ['Error', /^(?:error|err|fatal|critical|crit|severe|exception|emergency|alert|panic)$/i],
  ['Warning', /^(?:warning|warn)$/i],
  ['Info', /^(?:info|information|notice)$/i],
  ['Debug', /^(?:debug|trace|verbose|fine|finer|finest)$/i],
]
/** Levels stand at the beginning of lines, or near it. */
const REACH = 40

/** The level that the lines of a pattern are of, as far as their words say. */
export const severityOf = (tokens: readonly TemplateToken[]): string | undefined => {
  const words = tokens.slice(0, REACH).filter(({ kind }) => kind === 'word')
  for (const { text } of words) {
    const label = LABELS.find(([, pattern]) => pattern.test(text))
    if (label !== undefined) return label[0]
  }
  return undefined
}
