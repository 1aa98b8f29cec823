import { bottom, inset, right, type Box } from './box.ts'
import { centredText } from './centred-text.ts'
import type { Chart, ChartAxis } from './chart.ts'
import { tickNumber } from './number-text.ts'
import type { Plot } from './plot.ts'
import { element, fit, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import type { Theme } from './theme.ts'
import { timeTicks } from './time-ticks.ts'
import type { ValueTicks } from './value-ticks.ts'

export const LABEL_SIZE = 11
/** Between an axis and its numbers. */
const GAP = 6

/** Pixels that the numbers of an axis take beside the plot. */
export const axisWidth = (ticks: ValueTicks): number => Math.max(0, ...tickTexts(ticks).map(text => textWidth(text, LABEL_SIZE))) + GAP + 2

/** Numbers beside the plot; the grid belongs to the first axis that is drawn. */
export const drawValueAxis = ({ box, y, theme }: Plot, ticks: ValueTicks, side: 'left' | 'right', grid: boolean): Svg => {
  const texts = tickTexts(ticks)
  return ticks.ticks
    .map((tick, index) => {
      const at = y[side](tick)
      const style = { size: LABEL_SIZE, color: theme.muted, anchor: side === 'left' ? 'end' : 'start' } as const
      const number = textAt(side === 'left' ? box.x - GAP : right(box) + GAP, at + LABEL_SIZE * 0.36, texts[index]!, style)
      return (grid ? rule(box.x, at, right(box), at, theme.grid) : '') + number
    })
    .join('')
}

/** Times below the plot, with their marks; a text that would leave the picture moves inside it. */
export const drawTimeAxis = ({ box, x, theme, chart }: Plot, frame: Box): Svg => {
  const base = bottom(box)
  const ticks = timeTicks(chart.start, chart.end, chart.timezone, Math.floor(box.width / 70))
  const marks = ticks.map(({ at, text }) => {
    const label = centredText(x(at), base + LABEL_SIZE + 6, text, LABEL_SIZE, theme.muted, inset(frame, { left: 3, right: 3 }))
    return rule(x(at), base, x(at), base + 4, theme.axis) + label
  })
  return rule(box.x, base, right(box), base, theme.axis) + marks.join('')
}

/** Label and unit of an axis, `Latency (Milliseconds)`; undefined where it has neither. */
export const axisTitle = ({ label, unit }: ChartAxis): string | undefined => {
  if (label === undefined || label === '') return unit
  return unit === undefined ? label : `${label} (${unit})`
}

/** The axes' titles in one line above the plot: a title at the side would be read with the head turned. */
export const drawAxisTitles = (row: Box, axes: Chart['axes'], theme: Theme): Svg => {
  const [left, other] = [axisTitle(axes.left), axisTitle(axes.right)]
  const half = row.width / 2 - 8
  const otherText = other === undefined ? '' : fit(other, left === undefined ? row.width : half, LABEL_SIZE)
  const room = otherText === '' ? row.width : row.width - textWidth(otherText, LABEL_SIZE) - 16
  const style = { size: LABEL_SIZE, color: theme.muted }
  const y = row.y + LABEL_SIZE
  return (
    (left === undefined ? '' : textAt(row.x, y, fit(left, room, LABEL_SIZE), style)) +
    (otherText === '' ? '' : textAt(right(row), y, otherText, { ...style, anchor: 'end' }))
  )
}

/** A thin straight line. */
export const rule = (x1: number, y1: number, x2: number, y2: number, color: string, more: Readonly<Record<string, string | number>> = {}): Svg =>
  element('line', { x1, y1, x2, y2, stroke: color, 'stroke-width': 1, ...more })

const tickTexts = ({ ticks, step }: ValueTicks): readonly string[] => ticks.map(tick => tickNumber(tick, step))
