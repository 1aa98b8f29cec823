import { showTimesIn } from '../words/times.ts'
import { keep, kept } from './kept.ts'

export type ZoneChoice = 'local' | 'UTC'
export const ZONE_CHOICES: readonly ZoneChoice[] = ['local', 'UTC']

export const zoneChoice = (): ZoneChoice => (kept('zone') === 'UTC' ? 'UTC' : 'local')

/** Before anything is drawn. */
export const startZone = (): void => {
  if (zoneChoice() === 'UTC') showTimesIn('UTC')
}

/** Every time on the page is another one then: it is loaded anew. */
export const chooseZone = (next: ZoneChoice): void => {
  keep('zone', next)
  location.reload()
}
