import { textWidth } from './text-width.ts'

/** Finished markup: every text in it is escaped, every number finite. */
export type Svg = string

/** The family that whoever turns the picture into pixels must have: texts are measured by its letters. */
export const CHART_FONT = 'DejaVu Sans'

type Attributes = Readonly<Record<string, string | number | undefined>>

/** `<name a="1"/>`; numbers are cut to tenths of a pixel, texts escaped, absent attributes left out. */
export const element = (name: string, attributes: Attributes, ...children: readonly Svg[]): Svg => {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${typeof value === 'number' ? pixels(value) : escapeText(value)}"`))
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

export interface TextStyle {
  readonly size: number
  readonly color: string
  readonly bold?: boolean
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Of the ground that lines may run over: the text keeps a seam of it. */
  readonly halo?: string
}

/** One line of text whose baseline starts, is centred or ends at x. */
export const textAt = (x: number, y: number, text: string, { size, color, bold = false, anchor = 'start', halo }: TextStyle): Svg =>
  element(
    'text',
    {
      x, y,
      'font-size': size,
      'font-weight': bold ? 'bold' : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      fill: color,
      ...(halo === undefined ? {} : { stroke: halo, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }),
    },
    escapeText(text),
  )

/** Tenths of a pixel. What no picture can show (NaN, infinite) is drawn at 0. */
export const pixels = (value: number): string => {
  const rounded = Math.round(value * 10) / 10
  return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : '0'
}

/** At most `width` pixels of it; what is cut ends with `…`. */
export const fit = (text: string, width: number, size: number, bold = false): string => {
  // Nobody reads more than this of one label, and nothing that long is measured.
  const points = Array.from(clean(text.slice(0, 1_000)))
  const whole = points.join('')
  if (textWidth(whole, size, bold) <= width) return whole
  let room = width - textWidth('…', size, bold)
  let kept = ''
  for (const point of points) {
    room -= textWidth(point, size, bold)
    if (room < 0) break
    kept += point
  }
  return kept === '' ? '' : `${kept.trimEnd()}…`
}

const escapeText = (text: string): string => clean(text).replace(/[&<>"']/g, character => ENTITIES[character] ?? character)

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** One line of what XML may hold: no half characters, no controls, nothing that turns the reading direction around. */
const clean = (text: string): string => text.toWellFormed().replace(/\s+/g, ' ').replace(UNREADABLE, '')

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g
