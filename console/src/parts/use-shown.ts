import { useSyncExternalStore } from 'react'

const subscribe = (changed: () => void): (() => void) => {
  document.addEventListener('visibilitychange', changed)
  return () => document.removeEventListener('visibilitychange', changed)
}

/** Whether anybody can see the page: false in a tab behind others. */
export const useShown = (): boolean => useSyncExternalStore(subscribe, () => document.visibilityState === 'visible')
