import { rule } from './axes.ts'
import { bottom, right } from './box.ts'
import type { HorizontalAnnotation, VerticalAnnotation } from './chart.ts'
import type { LabelRoom } from './label-room.ts'
import type { Plot } from './plot.ts'
import { element, fit, textAt, type Svg } from './svg.ts'
import { textWidth } from './text-width.ts'
import { chosenColor } from './theme.ts'

const SIZE = 11
const HEIGHT = SIZE + 4
const SHADE = '0.12'

/** What is shaded; drawn below the data. */
export const drawShades = (plot: Plot): Svg => {
  const { chart, box } = plot
  const across = chart.horizontal.map(annotation => {
    const at = clamp(plot.y[annotation.axis](annotation.value), box.y, bottom(box))
    const to = horizontalEnd(plot, annotation)
    if (to === undefined) return ''
    return shade(box.x, Math.min(at, to), box.width, Math.abs(to - at), chosenColor(annotation.color, plot.theme.muted))
  })
  const along = chart.vertical.map(annotation => {
    const at = clamp(plot.x(annotation.at), box.x, right(box))
    const to = verticalEnd(plot, annotation)
    if (to === undefined) return ''
    return shade(Math.min(at, to), box.y, Math.abs(to - at), box.height, chosenColor(annotation.color, plot.theme.muted))
  })
  return across.join('') + along.join('')
}

/** The lines and what they are called; drawn above the data. Labels that find no free place are left out. */
export const drawMarks = (plot: Plot, room: LabelRoom): Svg =>
  plot.chart.vertical.flatMap(({ at, label, color, to }) => [
    verticalMark(plot, room, plot.x(at), label, color),
    ...(to === undefined ? [] : [verticalMark(plot, room, plot.x(to.at), to.label, color)]),
  ]).join('') +
  plot.chart.horizontal.flatMap(({ value, label, color, axis, to }) => [
    horizontalMark(plot, room, plot.y[axis](value), label, color),
    ...(to === undefined ? [] : [horizontalMark(plot, room, plot.y[axis](to.value), to.label, color)]),
  ]).join('')

const horizontalEnd = ({ y, box }: Plot, { axis, fill, to }: HorizontalAnnotation): number | undefined => {
  if (to !== undefined) return clamp(y[axis](to.value), box.y, bottom(box))
  return fill === 'above' ? box.y : fill === 'below' ? bottom(box) : undefined
}

const verticalEnd = ({ x, box }: Plot, { fill, to }: VerticalAnnotation): number | undefined => {
  if (to !== undefined) return clamp(x(to.at), box.x, right(box))
  return fill === 'before' ? box.x : fill === 'after' ? right(box) : undefined
}

const horizontalMark = ({ box, theme }: Plot, room: LabelRoom, y: number, label: string | undefined, color: string | undefined): Svg => {
  if (y < box.y - 0.5 || y > bottom(box) + 0.5) return ''
  const paint = chosenColor(color, theme.muted)
  const line = rule(box.x, y, right(box), y, paint, { 'stroke-width': 1.5, 'stroke-dasharray': '6 3' })
  const text = fit(label ?? '', box.width * 0.6, SIZE)
  if (text === '') return line
  const width = textWidth(text, SIZE)
  // The newest data, at the right, are what people look at.
  const xs = [box.x + 4, box.x + (box.width - width) / 2, right(box) - width - 4]
  const place = room.take(xs.flatMap(x => [y - HEIGHT - 1, y + 2].map(top => ({ x, y: top, width, height: HEIGHT }))))
  return line + (place === undefined ? '' : textAt(place.x, place.y + SIZE, text, { size: SIZE, color: theme.text, halo: theme.background }))
}

const verticalMark = ({ box, theme }: Plot, room: LabelRoom, x: number, label: string | undefined, color: string | undefined): Svg => {
  if (x < box.x - 0.5 || x > right(box) + 0.5) return ''
  const paint = chosenColor(color, theme.muted)
  const line = rule(x, box.y, x, bottom(box), paint, { 'stroke-width': 1.5 })
  const text = fit(label ?? '', box.width * 0.4, SIZE)
  if (text === '') return line
  const width = textWidth(text, SIZE)
  const tops = [0, 1, 2].map(row => box.y + 2 + row * HEIGHT)
  const place = room.take(tops.flatMap(top => [x + 5, x - width - 5].map(left => ({ x: left, y: top, width, height: HEIGHT }))))
  return line + (place === undefined ? '' : textAt(place.x, place.y + SIZE, text, { size: SIZE, color: theme.text, halo: theme.background }))
}

const shade = (x: number, y: number, width: number, height: number, color: string): Svg =>
  element('rect', { x, y, width, height, fill: color, 'fill-opacity': SHADE })

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))
