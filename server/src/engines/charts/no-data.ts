import type { Box } from './box.ts'
import { textAt, type Svg } from './svg.ts'
import type { Theme } from './theme.ts'

const TEXT = 'No data available'

/** What stands in the middle of a picture that has nothing to show. */
export const noData = (box: Box, theme: Theme): Svg => {
  if (box.width < 130 || box.height < 20) return ''
  const style = { size: 13, color: theme.muted, anchor: 'middle', halo: theme.background } as const
  return textAt(box.x + box.width / 2, box.y + box.height / 2 + 4, TEXT, style)
}
