import Button from '@cloudscape-design/components/button'
import { useEffect, useRef } from 'react'

interface Props {
  readonly more: boolean
  readonly busy: boolean
  /** Nothing was found so far: going on is then asked for, not done for ever. */
  readonly stuck: boolean
  readonly onMore: () => Promise<unknown>
}

/** Reads on as soon as the end of the list comes near. */
export const FootOfList = ({ more, busy, stuck, onMore }: Props) => {
  const foot = useRef<HTMLDivElement>(null)
  const wanted = more && !busy && !stuck
  useEffect(() => {
    const element = foot.current
    if (element === null || !wanted) return undefined
    const observer = new IntersectionObserver(entries => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void onMore()
    }, { rootMargin: '600px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [wanted])
  return (
    <div ref={foot} className="log-foot quiet">
      {more ? <Button variant="inline-link" loading={busy} onClick={() => void onMore()}>{stuck ? 'Nothing found yet: search on' : 'More events'}</Button> : 'That is all in this range.'}
    </div>
  )
}
