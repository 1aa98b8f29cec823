import fc from 'fast-check'
import { expect, it } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import type { Verdict } from '../../engines/alarms/decide.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'
import { NetChange } from './net-change.ts'

/** One letter an instant, oldest first: `A`LARM, `O`K, `I`NSUFFICIENT_DATA, `-` keeps. */
const VERDICTS: Readonly<Record<string, Verdict>> = { A: 'ALARM', O: 'OK', I: 'INSUFFICIENT_DATA', '-': 'keep' }
const STEP = 60

const search = (current: AlarmStateValue, letters: string) => {
  const net = new NetChange(current, epochSeconds(0), epochSeconds(letters.length * STEP), STEP)
  let judged = 0
  for (let at = net.next(); at !== undefined; at = net.next()) {
    judged++
    net.tell(VERDICTS[letters[at / STEP - 1]!]!)
  }
  return { change: net.change === undefined ? undefined : { index: net.change.instant / STEP - 1, state: net.change.state }, judged }
}

it.each([
  // state, missed, first instant of the change, judged
  ['OK', 'OOAA', 2, 3],
  ['OK', 'OAOO', undefined, 1],
  ['OK', 'AAAA', 0, 4],
  ['OK', 'A-A-', 0, 4],
  ['ALARM', 'AOOA', undefined, 1],
  ['ALARM', 'OAI', 2, 2],
  ['OK', '----', undefined, 4],
  ['OK', '', undefined, 0],
] as const)('%s, then %s', (current, letters, index, judged) => {
  const found = search(current, letters)
  expect(found.change?.index).toBe(index)
  expect(found.judged).toBe(judged)
})

it('finds what going through the instants one by one would have ended in, and where that began', () => {
  fc.assert(
    fc.property(fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'), fc.array(fc.constantFrom('A', 'O', 'I', '-', '-'), { maxLength: 12 }), (current, letters) => {
      let state: AlarmStateValue = current
      let since: number | undefined
      for (const [index, letter] of letters.entries()) {
        const verdict = VERDICTS[letter]!
        if (verdict === 'keep' || verdict === state) continue
        state = verdict
        since = index
      }
      expect(search(current, letters.join('')).change).toEqual(state === current ? undefined : { index: since, state })
    }),
  )
})
