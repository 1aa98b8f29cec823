import { useSearchParams } from 'react-router'

/** The page's address, and a way to change parts of it; an empty text takes a part away. */
export const useAddress = (): [URLSearchParams, (change: Readonly<Record<string, string>>) => void] => {
  const [address, setAddress] = useSearchParams()
  return [address, change => {
    // What it says at this moment: two quick changes come before what is rendered has caught up with the first.
    const next = new URLSearchParams(window.location.hash.split('?')[1] ?? '')
    for (const [name, value] of Object.entries(change)) {
      if (value === '') next.delete(name)
      else next.set(name, value)
    }
    setAddress(next, { replace: true })
  }]
}
