import type { Alarm } from '../../model/alarm.ts'
import type { Tags } from './facts.ts'

/** Whether the alarm's notifications and events carry tags. */
export const propagatesTags = ({ tagsPropagation }: Alarm): boolean => tagsPropagation?.enabled === true

/** Those of the alarm's tags that they carry, by key; undefined: they carry none, and say nothing of tags. */
export const propagatedTags = (alarm: Alarm, tags: Tags): Tags | undefined => {
  const { tagsPropagation } = alarm
  if (tagsPropagation?.enabled !== true) return undefined
  const { included, excluded } = tagsPropagation
  const wanted = (key: string): boolean => !/^aws:/i.test(key) && included?.includes(key) !== false && excluded?.includes(key) !== true
  return Object.fromEntries(Object.entries(tags).filter(([key]) => wanted(key)).sort(([a], [b]) => (a < b ? -1 : 1)))
}
