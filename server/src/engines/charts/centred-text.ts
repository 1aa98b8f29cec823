import { right, type Box } from './box.ts'
import { textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'

/** Text centred at x, moved as far as needed to stay inside; nothing where it is wider than there is room. */
export const centredText = (x: number, y: number, text: string, size: number, color: string, within: Box): Svg => {
  const half = textWidth(text, size) / 2
  if (half * 2 > within.width) return ''
  return textAt(Math.min(right(within) - half, Math.max(within.x + half, x)), y, text, { size, color, anchor: 'middle' })
}
