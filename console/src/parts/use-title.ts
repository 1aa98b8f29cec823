import { useEffect } from 'react'

/** Names the browser's tab after what the page shows. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Tocsin`
    return () => {
      document.title = 'Tocsin'
    }
  }, [title])
}
