import type { StateValue } from '../../aws/shapes.ts'

interface Palette {
  readonly series: readonly string[]
  readonly text: string
  readonly grid: string
  /** Behind writing on the plot, so that lines do not run through it. */
  readonly halo: string
  readonly threshold: string
  /** What was to be expected: limits of a band. */
  readonly expected: string
  readonly states: Readonly<Record<StateValue, string>>
}

/** Eight lines that stay apart for colour-blind eyes too (Okabe and Ito's set, tuned for each background). */
const LIGHT: Palette = {
  series: ['#0b6b75', '#b8520f', '#5a4fcf', '#1f7a3a', '#b0307a', '#8a6d00', '#2f6fd0', '#7a4a2b'],
  text: '#4a545e',
  grid: '#e3e7ea',
  halo: '#ffffff',
  threshold: '#c0281c',
  expected: '#5f7f99',
  states: { ALARM: '#d13b2e', OK: '#3f9b5a', INSUFFICIENT_DATA: '#9aa5ae' },
}
const DARK: Palette = {
  series: ['#5fc9d4', '#f0a35e', '#a79cf5', '#6fd08c', '#ee86bd', '#e0c454', '#7fb0ff', '#d3a587'],
  text: '#a9b4bd',
  grid: '#2a323a',
  halo: '#181d22',
  threshold: '#ff8a7d',
  expected: '#8fb3cf',
  states: { ALARM: '#ef5e50', OK: '#4caf6d', INSUFFICIENT_DATA: '#6a7680' },
}

export const paletteOf = (theme: 'light' | 'dark'): Palette => (theme === 'dark' ? DARK : LIGHT)

export const seriesColor = (palette: Palette, index: number): string =>
  palette.series[index % palette.series.length] ?? palette.text
