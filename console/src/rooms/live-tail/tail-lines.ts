import type { ArrivedEvent } from '../../aws/live-tail.ts'
import type { Line } from '../../parts/log-lines/line.ts'

/** Only the newest are kept: a page that is open for days must not grow. */
const MOST_LINES = 1000

export interface TailLines {
  /** Newest first. */
  readonly lines: readonly Line[]
  /** What came while it was paused, newest first. */
  readonly waiting: readonly Line[]
  /** When more arrived the last time than is shown (epoch milliseconds). */
  readonly cutAt: number | undefined
  readonly paused: boolean
  /** Lines so far: their ids. */
  readonly count: number
}

export const NOTHING: TailLines = { lines: [], waiting: [], cutAt: undefined, paused: false, count: 0 }

export type TailChange =
  | { readonly kind: 'arrived'; readonly events: readonly ArrivedEvent[]; readonly cut: boolean }
  | { readonly kind: 'paused' | 'resumed' | 'cleared' }

/** What a tail shows after something happened to it. */
export const tailLines = (before: TailLines, change: TailChange): TailLines => {
  switch (change.kind) {
    case 'arrived':
      return arrived(before, change.events, change.cut)
    case 'paused':
      return { ...before, paused: true }
    case 'resumed':
      return { ...before, paused: false, lines: upTo(before.waiting, before.lines), waiting: [] }
    case 'cleared':
      return { ...NOTHING, paused: before.paused, count: before.count }
  }
}

const arrived = (before: TailLines, events: readonly ArrivedEvent[], cut: boolean): TailLines => {
  const last = events.at(-1)
  if (last === undefined) return before
  const fresh = events.map(({ group, stream, timestamp, message }, index) => ({ id: `arrived-${before.count + index}`, group, stream, timestamp, message })).reverse()
  const kept = before.paused ? { waiting: upTo(fresh, before.waiting) } : { lines: upTo(fresh, before.lines) }
  return { ...before, ...kept, cutAt: cut ? last.timestamp : before.cutAt, count: before.count + fresh.length }
}

const upTo = (newer: readonly Line[], older: readonly Line[]): readonly Line[] => (newer.length === 0 ? older : [...newer, ...older].slice(0, MOST_LINES))
