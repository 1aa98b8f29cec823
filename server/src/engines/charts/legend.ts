import { bottom, inset, right, type Box } from './box.ts'
import type { LegendPosition } from './chart.ts'
import { element, fit, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import type { Theme } from './theme.ts'

export interface LegendEntry {
  readonly label: string
  readonly color: string
}

const SIZE = 11
const ROW = 17
const SWATCH = 10
/** From an entry's left edge to its text. */
const INDENT = SWATCH + 6
const BETWEEN = 16

/** The legend, and what it leaves of the box. It takes no more than a third; the last place tells how many found none. */
export const drawLegend = (
  entries: readonly LegendEntry[], position: LegendPosition, box: Box, theme: Theme,
): { readonly svg: Svg; readonly rest: Box } => {
  const tooSmall = position === 'right' ? box.width < 180 || box.height < ROW * 2 : box.height < 90 || box.width < 80
  if (position === 'hidden' || entries.length === 0 || tooSmall) return { svg: '', rest: box }
  return position === 'right' ? atRight(entries, box, theme) : atBottom(entries, box, theme)
}

const atRight = (entries: readonly LegendEntry[], box: Box, theme: Theme) => {
  const room = box.width * 0.36 - INDENT
  const rows = Math.floor(box.height / ROW)
  const shown = entries.length <= rows ? entries : entries.slice(0, rows - 1)
  const texts = shown.map(({ label }) => fit(label, room, SIZE))
  const width = Math.max(60, ...texts.map(text => textWidth(text, SIZE))) + INDENT
  const x = right(box) - width
  const y = (index: number) => box.y + index * ROW
  const svg = shown.map(({ color }, index) => entry(x, y(index), texts[index]!, color, theme)).join('')
  return { svg: svg + rest(x, y(shown.length), entries.length - shown.length, theme), rest: inset(box, { right: width + BETWEEN }) }
}

const atBottom = (entries: readonly LegendEntry[], box: Box, theme: Theme) => {
  const rows = Math.max(1, Math.floor(box.height / 3 / ROW))
  // Long labels leave room for a second one beside them.
  const room = (entries.length === 1 ? box.width : Math.min(box.width, Math.max(220, box.width / 2 - BETWEEN))) - INDENT
  const placed: { readonly x: number; readonly row: number; readonly text: string; readonly color: string }[] = []
  const full = box.width - textWidth('+999 more', SIZE)
  let x = 0
  let row = 0
  for (const [index, { label, color }] of entries.entries()) {
    const text = fit(label, room, SIZE)
    const width = INDENT + textWidth(text, SIZE)
    if (x > 0 && x + width > box.width) [x, row] = [0, row + 1]
    const last = index === entries.length - 1
    if (row >= rows || (row === rows - 1 && !last && x > 0 && x + width > full)) break
    placed.push({ x, row, text, color })
    x += width + BETWEEN
  }
  const used = Math.min(rows, Math.max(row, 0) + 1)
  const top = bottom(box) - used * ROW
  const lastPlaced = placed.at(-1)
  const end = lastPlaced === undefined ? 0 : lastPlaced.x + INDENT + textWidth(lastPlaced.text, SIZE) + BETWEEN
  const svg = placed.map(one => entry(box.x + one.x, top + one.row * ROW, one.text, one.color, theme)).join('')
  const more = end + textWidth('+999 more', SIZE) > box.width ? '' : rest(box.x + end, top + (lastPlaced?.row ?? 0) * ROW, entries.length - placed.length, theme)
  return { svg: svg + more, rest: inset(box, { bottom: used * ROW + 6 }) }
}

const entry = (x: number, top: number, text: string, color: string, theme: Theme): Svg =>
  element('rect', { x, y: top + (ROW - SWATCH) / 2, width: SWATCH, height: SWATCH, rx: 2, fill: color }) +
  textAt(x + INDENT, top + ROW / 2 + SIZE * 0.36, text, { size: SIZE, color: theme.text })

const rest = (x: number, top: number, count: number, theme: Theme): Svg =>
  count === 0 ? '' : textAt(x, top + ROW / 2 + SIZE * 0.36, `+${count} more`, { size: SIZE, color: theme.muted })
