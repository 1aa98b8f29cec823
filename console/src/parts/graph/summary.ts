import { quantity } from '../../words/quantities.ts'
import { dayAndTime } from '../../words/times.ts'
import type { Series } from './series.ts'

/** What a graph shows, in one sentence a series, for those who cannot see it. */
export const graphSummary = (title: string, series: readonly Series[], start: number, end: number, unit?: string): string => {
  const span = `${dayAndTime(start)} to ${dayAndTime(end)}`
  const sentences = series.map(({ label, points }) => {
    const last = points.at(-1)
    if (last === undefined) return `${label}: no data.`
    const values = points.map(({ value }) => value)
    const lowest = values.reduce((a, b) => Math.min(a, b))
    const highest = values.reduce((a, b) => Math.max(a, b))
    return `${label}: latest ${quantity(last.value, unit)}, lowest ${quantity(lowest, unit)}, highest ${quantity(highest, unit)}.`
  })
  return `${title}, ${span}. ${sentences.join(' ') || 'No data.'}`
}
