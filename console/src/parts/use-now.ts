import { useSyncExternalStore } from 'react'

const TICK_MILLIS = 5_000
const listeners = new Set<() => void>()
let now = Date.now() / 1000
let timer: ReturnType<typeof setInterval> | undefined

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now() / 1000
    for (const each of listeners) each()
  }, TICK_MILLIS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time in epoch seconds, renewed every five seconds: one timer for all the "8 minutes ago" of a page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now)
