import { useSyncExternalStore } from 'react'

const phone = matchMedia('(max-width: 688px)')
const subscribe = (listener: () => void) => {
  phone.addEventListener('change', listener)
  return () => phone.removeEventListener('change', listener)
}

/** Whether the page is as narrow as a phone: tables then show fewer columns. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => phone.matches)
