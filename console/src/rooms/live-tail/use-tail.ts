import { useEffect, useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import type { Line } from '../../parts/log-lines/line.ts'
import { Follower } from './follow.ts'

const EVERY_MILLIS = 1000
/** Only the newest are kept: a page that is open for days must not grow. */
const MOST_LINES = 1000

export interface Tail {
  /** Newest first. */
  readonly lines: readonly Line[]
  readonly cut: boolean
  readonly error: unknown
}

const NOTHING: Tail = { lines: [], cut: false, error: null }

/** What arrives in some groups while it is looked at; `paused` keeps it as it is, and what came meanwhile follows then. */
export const useTail = (groups: readonly string[], pattern: string, paused: boolean): Tail => {
  const connection = useConnection()
  const [tail, setTail] = useState(NOTHING)
  const [follower, setFollower] = useState<Follower>()
  const names = groups.join('\n')
  useEffect(() => {
    setTail(NOTHING)
    setFollower(names === '' ? undefined : new Follower(connection, names.split('\n'), pattern, Date.now() - 10_000))
  }, [connection, names, pattern])
  useEffect(() => {
    if (follower === undefined || paused) return undefined
    const controller = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const round = async (): Promise<void> => {
      try {
        const { lines, cut } = await follower.next(Date.now(), controller.signal)
        setTail(before => (lines.length === 0 && before.error === null && before.cut === cut
          ? before
          : { lines: [...lines.toReversed(), ...before.lines].slice(0, MOST_LINES), cut, error: null }))
      } catch (error) {
        if (controller.signal.aborted) return
        setTail(before => ({ ...before, error }))
      }
      timer = setTimeout(() => void round(), EVERY_MILLIS)
    }
    void round()
    return () => {
      controller.abort()
      clearTimeout(timer)
    }
  }, [follower, paused])
  return tail
}
