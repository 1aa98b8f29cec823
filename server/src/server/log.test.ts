import { expect, test } from 'vitest'
import { serverLog } from './log.ts'

test('an error is written with what it says, whether it comes as an error or as text', () => {
  const lines: string[] = []
  const log = serverLog('warn', { write: line => lines.push(line) })
  log.error({ error: new RangeError('out of reach') }, 'one')
  log.warn({ error: 'out of luck', alarm: 'cpu' }, 'two')
  log.info({}, 'not at this level')
  const [one, two, ...rest] = lines.map(line => JSON.parse(line) as { readonly msg: string; readonly error: unknown; readonly alarm?: string })
  expect(one).toMatchObject({ msg: 'one', error: { type: 'RangeError', message: 'out of reach' } })
  expect(two).toMatchObject({ msg: 'two', error: 'out of luck', alarm: 'cpu' })
  expect(rest).toEqual([])
})
