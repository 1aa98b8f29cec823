import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react'

interface Flashes {
  readonly items: readonly FlashbarProps.MessageDefinition[]
  readonly tell: (type: 'success' | 'error' | 'info', header: string, content?: string) => void
}

const Context = createContext<Flashes>({ items: [], tell: () => undefined })
const MOST = 3

/** Short messages on top of the page about what a click did. */
export const FlashProvider = ({ children }: { readonly children: ReactNode }) => {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([])
  const tell = useCallback<Flashes['tell']>((type, header, content) => {
    const id = `${Date.now()}-${header}`
    const dismiss = () => setItems(before => before.filter(item => item.id !== id))
    const item = { id, type, header, content, dismissible: true, dismissLabel: 'Dismiss', onDismiss: dismiss }
    setItems(before => [item, ...before].slice(0, MOST))
    if (type === 'success') setTimeout(dismiss, 8_000)
  }, [])
  const value = useMemo(() => ({ items, tell }), [items, tell])
  return <Context value={value}>{children}</Context>
}

export const useFlashes = (): Flashes => use(Context)

export const FlashList = () => {
  const { items } = useFlashes()
  return <Flashbar items={items} />
}
