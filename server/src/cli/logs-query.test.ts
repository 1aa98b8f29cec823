import { expect, test } from 'vitest'
import { ManualClock } from '../base/manual-clock.ts'
import { epochMillis, millis } from '../base/time.ts'
import { queryCommand } from './logs-query.ts'

/** A query that runs for so many looks. */
const asked = (looks: number, json = false) => {
  const clock = new ManualClock(epochMillis(Date.UTC(2026, 0, 1)))
  const stopping = new AbortController()
  const calls: string[] = []
  const written: string[] = []
  const server = {
    async logs<Answer>(operation: string): Promise<Answer> {
      calls.push(operation)
      const ended = calls.filter(call => call === 'GetQueryResults').length > looks
      return {
        queryId: 'q', status: ended ? 'Complete' : 'Running', results: ended ? [[{ field: 'n', value: '1' }, { field: '@ptr', value: 'p' }]] : [],
        statistics: { recordsMatched: 1, recordsScanned: 2000, bytesScanned: 5000 },
      } as Answer
    },
  }
  const done = queryCommand(server, { groups: ['g'], query: 'stats count(*) as n', since: undefined, until: undefined, json }, {
    clock, stopped: stopping.signal, look: (look, text) => `<${look}>${text}`,
    out: async text => void written.push(text), progress: text => void written.push(`~${text}`), note: text => void written.push(`#${text}`),
  })
  return { clock, calls, written, done, stop: () => stopping.abort() }
}

test('Ctrl-C stops the query on the server, too', async () => {
  const { clock, calls, written, done, stop } = asked(Infinity)
  await clock.advance(millis(0))
  await clock.advance(millis(60))
  stop()
  await done
  expect(calls).toEqual(['StartQuery', 'GetQueryResults', 'StopQuery'])
  expect(written).toEqual(['~Running: 0 rows; 1 of 2,000 events matched, 5 kB in 0.1 s', '#Stopped.'])
})

test.each([[false, '<bold>n\n1\n'], [true, '{"n":"1","@ptr":"p"}\n']])('rows are written once, as lines of JSON: %s', async (json, text) => {
  const { clock, written, done } = asked(0, json)
  await clock.advance(millis(0))
  await clock.advance(millis(60))
  await done
  expect(written).toEqual([text, '#1 row; 1 of 2,000 events matched, 5 kB in 0.1 s'])
})
