/** The Markdown that dashboards are written in: blocks of CommonMark that people use, tables, and CloudWatch's buttons. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' }

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/
const ITEM = /^ {0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/
const FENCE = /^ {0,3}(?:```|~~~)/
const QUOTE = /^ {0,3}> ?/
const TABLE_LINE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/
/** Quotes in quotes in quotes say no more. */
const DEEPEST = 8

export const blocksOf = (text: string, depth = 0): readonly Block[] => {
  const lines = text.split(/\r?\n/)
  const blocks: Block[] = []
  let at = 0
  const takeWhile = (wanted: (line: string) => boolean): readonly string[] => {
    const from = at
    while (at < lines.length && wanted(lines[at] ?? '')) at++
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const heading = HEADING.exec(line)
    if (line.trim() === '') at++
    else if (heading !== null) {
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' })
      at++
    } else if (RULE.test(line)) {
      blocks.push({ kind: 'rule' })
      at++
    } else if (FENCE.test(line)) {
      at++
      blocks.push({ kind: 'code', text: takeWhile(each => !FENCE.test(each)).join('\n') })
      at++
    } else if (QUOTE.test(line) && depth < DEEPEST) {
      blocks.push({ kind: 'quote', blocks: blocksOf(takeWhile(each => QUOTE.test(each)).map(each => each.replace(QUOTE, '')).join('\n'), depth + 1) })
    } else if (ITEM.test(line)) {
      const ordered = ITEM.exec(line)?.[1] !== undefined
      const items = takeWhile(each => ITEM.test(each) || (/^\s+\S/.test(each)))
      blocks.push({ kind: 'list', ordered, items: joined(items) })
    } else if (line.includes('|') && TABLE_LINE.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('-')) {
      const head = cellsOf(line)
      at += 2
      blocks.push({ kind: 'table', head, rows: takeWhile(each => each.includes('|')).map(cellsOf) })
    } else {
      at++
      blocks.push({ kind: 'paragraph', text: [line, ...takeWhile(isPlain)].map(each => each.trim()).join('\n') })
    }
  }
  return blocks
}

const isPlain = (line: string): boolean =>
  line.trim() !== '' && ![HEADING, ITEM, RULE, FENCE, QUOTE].some(pattern => pattern.test(line))

const joined = (lines: readonly string[]): readonly string[] => {
  const items: string[] = []
  for (const line of lines) {
    const text = ITEM.exec(line)?.[2]
    if (text === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else items.push(text)
  }
  return items
}

const cellsOf = (line: string): readonly string[] => line.trim().replace(/^\||\|$/g, '').split('|').map(cell => cell.trim())

export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong' | 'emphasis'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string; readonly button: boolean }

/** Code, links, strong, emphasis: what comes first. Nothing in it can be read twice, so no text takes long. */
const INLINE = /`([^`\n]{1,2000})`|!?\[([^\][\n]{1,500})\]\(([^()\s]{1,2000})\)|\*\*([^*\n]{1,1000})\*\*|__([^_\n]{1,1000})__|\*([^*\n]{1,1000})\*|\b_([^_\n]{1,1000})_\b/g

export const inlinesOf = (text: string): readonly Inline[] => {
  const found: Inline[] = []
  let from = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) })
    from = match.index + match[0].length
    const [, code, label, address = '', stars, bars, star, bar] = match
    const strong = stars ?? bars
    if (code !== undefined) found.push({ kind: 'code', text: code })
    else if (label !== undefined) found.push({ kind: 'link', text: label.replace(/^button:(?:primary:)?/, ''), address, button: label.startsWith('button:') })
    else if (strong !== undefined) found.push({ kind: 'strong', text: strong })
    else found.push({ kind: 'emphasis', text: star ?? bar ?? '' })
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) })
  return found
}
