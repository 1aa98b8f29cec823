/** The colours of a picture that are not data. */
export interface Theme {
  readonly background: string
  readonly text: string
  /** Labels of axes, what is said in passing. */
  readonly muted: string
  readonly grid: string
  readonly axis: string
}

export const THEMES: Readonly<Record<'light' | 'dark', Theme>> = {
  light: { background: '#ffffff', text: '#16191f', muted: '#545b64', grid: '#eaeded', axis: '#aab7b8' },
  dark: { background: '#161d26', text: '#e9ebed', muted: '#a3b0c0', grid: '#29323e', axis: '#5f6b7a' },
}

/** CloudWatch's own, in its order. */
const PALETTE = [
  '#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf',
  '#aec7e8', '#ffbb78', '#98df8a', '#ff9896', '#c5b0d5', '#c49c94', '#f7b6d2', '#c7c7c7', '#dbdb8d', '#9edae5',
] as const

/** WCAG's least contrast for what is not text. */
const LEAST_CONTRAST = 3

/** The colour of the `index`-th series: as CloudWatch draws it, but never too faint for this ground. */
export const paletteColor = (index: number, theme: Theme): string => readable(PALETTE[index % PALETTE.length]!, theme)

/** Colours that somebody chose stay as they are; anything that is no colour becomes the fallback. */
export const chosenColor = (color: string | undefined, fallback: string): string =>
  color !== undefined && /^#[0-9a-f]{6}$/i.test(color) ? color.toLowerCase() : fallback

const readable = (color: string, theme: Theme): string => {
  let mixed = color
  for (let step = 1; step < 10 && contrast(mixed, theme.background) < LEAST_CONTRAST; step++) mixed = mix(color, theme.text, step / 10)
  return mixed
}

/** WCAG 2's contrast ratio, 1–21. */
const contrast = (one: string, other: string): number => {
  const [a, b] = [luminance(one), luminance(other)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(color).map(value => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const mix = (color: string, into: string, share: number): string => {
  const to = channels(into)
  return `#${channels(color).map((value, index) => hex(value + (to[index]! - value) * share)).join('')}`
}

const channels = (color: string): readonly number[] => [1, 3, 5].map(at => Number.parseInt(color.slice(at, at + 2), 16))
const hex = (value: number): string => Math.round(value).toString(16).padStart(2, '0')
