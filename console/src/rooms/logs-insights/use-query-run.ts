import { useEffect, useRef, useState } from 'react'
import { useConnection } from '../../app/session.tsx'
import { type LogQuestion, type QueryAnswer, runQuery } from '../../aws/log-queries.ts'

/** A query that was asked: what is known of it by now. */
export interface QueryRun {
  readonly question: LogQuestion
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  readonly answer: QueryAnswer | undefined
  readonly error: unknown
  /** How long it took, in milliseconds, or has taken. */
  readonly millis: number
}

/** Asks whenever there is another question; an earlier one that still runs is stopped. */
export const useQueryRun = (question: LogQuestion | undefined): readonly [QueryRun | undefined, () => void] => {
  const connection = useConnection()
  const [run, setRun] = useState<QueryRun>()
  const controller = useRef<AbortController>(undefined)
  useEffect(() => {
    if (question === undefined) {
      setRun(undefined)
      return undefined
    }
    const own = new AbortController()
    controller.current = own
    const began = performance.now()
    const tell = (change: Partial<QueryRun>): void => {
      // What comes after the next question was asked is of no use.
      if (controller.current === own) setRun(before => ({ question, state: 'running', answer: before?.answer, error: null, ...change, millis: performance.now() - began }))
    }
    setRun({ question, state: 'running', answer: undefined, error: null, millis: 0 })
    runQuery(connection, question, answer => tell({ answer }), own.signal).then(
      answer => tell({ state: answer.status === 'Complete' ? 'done' : answer.status === 'Cancelled' ? 'stopped' : 'failed', answer }),
      (error: unknown) => tell(own.signal.aborted ? { state: 'stopped' } : { state: 'failed', error }),
    )
    return () => {
      if (controller.current === own) controller.current = undefined
      own.abort()
    }
  }, [connection, question])
  return [run, () => controller.current?.abort()]
}
