import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let hovered: number | undefined

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The time (epoch seconds) under the pointer, in whichever widget it is: all of them mark it. */
export const useHoveredTime = (): number | undefined => useSyncExternalStore(subscribe, () => hovered)

export const setHoveredTime = (at: number | undefined): void => {
  hovered = at
  for (const listener of listeners) listener()
}
