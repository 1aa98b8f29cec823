import { plural } from './durations.ts'

/** How long a group's events are kept: `2 weeks`, `13 months`, `10 years`; AWS counts in days. */
export const retentionText = (days: number | undefined): string => {
  if (days === undefined) return 'For ever'
  if (days >= 365 && days % 365 < days / 365 + 1) return plural(Math.floor(days / 365), 'year')
  if (days === 400) return '13 months'
  if (days === 545) return '18 months'
  if (days >= 30 && days % 30 === 0) return plural(days / 30, 'month')
  return days >= 7 && days % 7 === 0 ? plural(days / 7, 'week') : plural(days, 'day')
}
