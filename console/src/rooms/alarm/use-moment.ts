import { useSearchParams } from 'react-router'

/** The moment that the page explains, in epoch seconds, kept in the address so that it can be sent to somebody; undefined: now. */
export const useMoment = (): [number | undefined, (at: number | undefined) => void] => {
  const [address, setAddress] = useSearchParams()
  const text = address.get('at')
  const millis = text === null ? Number.NaN : Date.parse(text)
  const choose = (at: number | undefined): void => {
    const next = new URLSearchParams(address)
    if (at === undefined || at * 1000 > Date.now()) next.delete('at')
    else next.set('at', new Date(at * 1000).toISOString())
    setAddress(next, { replace: true, preventScrollReset: true })
  }
  return [Number.isNaN(millis) ? undefined : millis / 1000, choose]
}
