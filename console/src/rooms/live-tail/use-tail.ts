import { useEffect, useReducer, useRef, useState } from 'react'
import { checkSession } from '../../app/queries.ts'
import { useConnection } from '../../app/session.tsx'
import { startLiveTail } from '../../aws/live-tail.ts'
import { newestEvents } from '../../aws/log-events.ts'
import { useShown } from '../../parts/use-shown.ts'
import { Tail } from './follow.ts'
import { NOTHING, type TailLines, tailLines } from './tail-lines.ts'

export interface TailView extends TailLines {
  /** Whether a session runs: false while one is begun, and while the server is not there. */
  readonly following: boolean
  /** Why it was given up. */
  readonly error: unknown
  readonly clear: () => void
  readonly again: () => void
}

/** What arrives in some groups while it is looked at; `paused` keeps it as it is, and what came meanwhile follows then. */
export const useTail = (groups: readonly string[], pattern: string, paused: boolean): TailView => {
  const connection = useConnection()
  const shown = useShown()
  const [lines, change] = useReducer(tailLines, NOTHING)
  const [following, setFollowing] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [times, setTimes] = useState(0)
  const tail = useRef<Tail>(undefined)
  const names = groups.join('\n')
  useEffect(() => {
    change({ kind: 'cleared' })
    const followed = names.split('\n')
    tail.current = names === '' ? undefined : new Tail({
      begin: signal => startLiveTail(connection, followed, pattern, signal),
      since: (start, signal) => newestEvents(connection, followed, pattern, start, signal),
    })
  }, [connection, names, pattern])
  useEffect(() => change({ kind: paused ? 'paused' : 'resumed' }), [paused])
  useEffect(() => {
    // A browser opens six connections to a server, and each session takes one: pages that nobody sees give theirs back.
    if (tail.current === undefined || !shown) return undefined
    const controller = new AbortController()
    setError(null)
    tail.current.follow({ arrived: (events, cut) => change({ kind: 'arrived', events, cut }), following: setFollowing }, controller.signal)
      .catch((reason: unknown) => {
        if (controller.signal.aborted) return
        checkSession(reason)
        setError(reason)
      })
    return () => {
      controller.abort()
      setFollowing(false)
    }
  }, [connection, names, pattern, shown, times])
  return { ...lines, following, error, clear: () => change({ kind: 'cleared' }), again: () => setTimes(count => count + 1) }
}
