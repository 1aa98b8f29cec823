import { afterEach, describe, expect, it } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { House } from './house.test-support.ts'

const opened: House[] = []
const house = async (start: string): Promise<House> => {
  const it = new House(start)
  opened.push(it)
  await it.open()
  return it
}
afterEach(async () => {
  for (const it of opened.splice(0)) {
    it.commitFailure = undefined
    await it.close()
  }
})

/** Down from now until a time of the day. */
const stopUntil = async (it: House, clockTime: string): Promise<void> => {
  await it.close()
  it.step(clockTime)
  await it.open()
}

describe('after a stop', () => {
  it('a breach that began meanwhile is sent, with the datapoint that a running server would have named', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(1, '12:00:00', '12:05:00')
    await it.until('12:03:10')
    it.fill(99, '12:05:00', '12:40:00')
    await stopUntil(it, '12:20:10')
    expect(it.story).toEqual(['12:01:00 cpu OK', '12:20:10 cpu ALARM'])
    expect(it.reason('cpu')).toContain('[99.0 (01/03/25 12:05:00)]')
  })
  it('a breach that came and went is not sent', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(1, '12:00:00', '12:05:00')
    await it.until('12:03:10')
    it.fill(99, '12:05:00', '12:10:00')
    it.fill(1, '12:10:00', '12:40:00')
    await stopUntil(it, '12:20:10')
    await it.until('12:30:00')
    expect(it.sent).toEqual(['cpu OK'])
  })
  it('an alarm that went OK and came back is not sent again', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:05:00')
    await it.until('12:03:10')
    it.fill(1, '12:05:00', '12:10:00')
    it.fill(99, '12:10:00', '12:40:00')
    await stopUntil(it, '12:20:10')
    await it.until('12:30:00')
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('what was breached before the data ended counts where missing data is ignored', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu', { treatMissingData: 'ignore' })
    it.fill(1, '12:00:00', '12:05:00')
    await it.until('12:03:10')
    it.fill(99, '12:05:00', '12:06:00')
    await stopUntil(it, '13:20:10')
    expect(it.story).toEqual(['12:01:00 cpu OK', '13:20:10 cpu ALARM'])
    expect(it.reason('cpu')).toContain('[99.0 (01/03/25 12:05:00)]')
  })
  it('more than three hours are not looked back upon', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu', { treatMissingData: 'ignore' })
    it.fill(1, '12:00:00', '12:05:00')
    await it.until('12:03:10')
    it.fill(99, '12:05:00', '12:06:00')
    await stopUntil(it, '16:00:10')
    await it.until('16:05:00')
    expect(it.sent).toEqual(['cpu OK'])
  })
  it('an alarm is not judged by instants before it was created', async () => {
    const it = await house('12:00:20')
    await it.until('12:10:00')
    it.fill(99, '12:01:00', '12:05:00')
    it.savedUpTo = undefined
    it.alarm('cpu', { treatMissingData: 'ignore' })
    await stopUntil(it, '12:20:10')
    expect(it.story).toEqual([])
  })
  it('killed between commit and the note of it: nothing is sent twice', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:05:00')
    await it.until('12:00:50')
    const before = it.savedUpTo
    await it.until('12:01:05')
    expect(it.sent).toEqual(['cpu ALARM'])
    it.savedUpTo = before
    await stopUntil(it, '12:01:20')
    await it.until('12:03:00')
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('ten-second alarms and those that reach into the store catch up too', async () => {
    const it = await house('12:00:20')
    it.memoryFrom = epochSeconds(Date.parse('2025-03-01T11:00:00Z') / 1000)
    it.alarm('fast', { period: seconds(10) })
    it.alarm('long', { period: seconds(3600), evaluationPeriods: 3, datapointsToAlarm: 1, statistic: 'Maximum' })
    it.fill(1, '08:00:00', '12:30:00', 10)
    await it.until('12:03:10')
    expect(it.storedReads).toBeGreaterThan(0)
    it.fill(99, '12:05:00', '12:40:00', 10)
    await stopUntil(it, '12:20:10')
    await it.until('12:21:10')
    expect([...it.sent].sort()).toEqual(['fast ALARM', 'fast OK', 'long ALARM', 'long OK'])
  })
})

describe('a clock that is set forwards', () => {
  it('neither loses nor repeats', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:05:00')
    it.fill(99, '12:59:00', '13:20:00')
    await it.until('12:03:05')
    it.step('13:00:07')
    await it.until('13:10:00')
    expect(it.sent).toEqual(['cpu ALARM'])
  })
  it('finds the breach of the minutes that were skipped', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu', { treatMissingData: 'ignore' })
    it.fill(1, '12:00:00', '12:03:00')
    it.fill(99, '12:03:00', '12:05:00')
    await it.until('12:02:05')
    it.step('12:09:00')
    await it.until('12:09:20')
    expect(it.sent).toEqual(['cpu OK', 'cpu ALARM'])
  })
})

describe('a clock that is set back', () => {
  it('by seconds: the instant is not evaluated twice', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.put(99, '12:00:30')
    await it.until('12:01:00.400')
    it.step('12:00:58')
    // Data that would change the verdict of 12:01, had it been judged again.
    it.fill(0, '12:00:31', '12:00:59', 1)
    await it.until('12:01:50')
    expect(it.story).toEqual(['12:01:00 cpu ALARM'])
  })
  it('by hours: what was sent is not sent again when its time comes again', async () => {
    const it = await house('14:00:20')
    it.alarm('cpu')
    it.fill(1, '11:00:00', '14:05:00')
    it.fill(99, '14:05:00', '14:30:00')
    await it.until('14:10:05')
    expect(it.sent).toEqual(['cpu OK', 'cpu ALARM'])
    it.step('12:00:00')
    await it.until('14:20:00')
    expect(it.sent).toEqual(['cpu OK', 'cpu ALARM'])
  })
  it('by hours, and then a restart: no breach rings twice, a new one rings', async () => {
    const it = await house('14:00:20')
    it.alarm('cpu')
    it.alarm('quiet', { threshold: 200 })
    it.fill(1, '11:00:00', '14:05:00')
    it.fill(99, '14:05:00', '14:30:00')
    await it.until('14:10:05')
    expect(it.sent).toEqual(['cpu OK', 'quiet OK', 'cpu ALARM'])
    await stopUntil(it, '12:00:00')
    it.fill(999, '13:00:00', '13:01:00')
    await it.until('14:20:00')
    expect(it.sent).toEqual(['cpu OK', 'quiet OK', 'cpu ALARM', 'quiet ALARM', 'quiet OK'])
  })
  it('by a day: it was wrong altogether, and nothing of it holds back what is true now', async () => {
    const it = await house('23:00:20')
    it.alarm('cpu')
    it.fill(99, '22:00:00', '23:30:00')
    it.fill(1, '01:00:00', '01:30:00')
    await it.until('23:10:05')
    it.step('01:10:00')
    await it.until('01:12:00')
    expect(it.story.map(line => line.slice(9))).toEqual(['cpu ALARM', 'cpu OK'])
    await stopUntil(it, '01:15:00')
    it.fill(99, '01:15:00', '01:17:00')
    await it.until('01:16:10')
    expect(it.state('cpu')).toBe('ALARM')
  })
  it('by hours: a new breach is sent at once, and its end too', async () => {
    const it = await house('14:00:20')
    it.alarm('cpu', { statistic: 'Maximum' })
    it.fill(1, '11:00:00', '14:30:00')
    await it.until('14:10:05')
    it.step('12:00:00')
    it.fill(99, '12:30:00', '12:32:00')
    await it.until('13:30:00')
    expect(it.story).toEqual(['14:00:20 cpu OK', '12:31:00 cpu ALARM', '12:33:00 cpu OK'])
  })
})

describe('a disk that is full', () => {
  it('the transition is committed when there is room again, once, with the same message', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:10:00')
    it.commitFailure = new Error('database or disk is full')
    await it.until('12:03:05')
    expect(it.commits).toBeGreaterThan(5)
    expect(it.state('cpu')).toBe('INSUFFICIENT_DATA')
    it.commitFailure = undefined
    await it.until('12:09:00')
    expect(it.story).toEqual(['12:01:00 cpu ALARM'])
  })
  it('the others go on, and what happened meanwhile is made up for', async () => {
    const it = await house('12:00:20')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:02:00')
    it.fill(1, '12:02:00', '12:10:00')
    it.commitFailure = new Error('database or disk is full')
    await it.until('12:03:55')
    it.commitFailure = undefined
    await it.until('12:05:00')
    expect(it.story.map(line => line.slice(9))).toEqual(['cpu ALARM', 'cpu OK'])
  })
  it('a transition that nobody can commit does not hold up the others', async () => {
    const it = await house('12:00:20')
    it.alarm('bad')
    it.alarm('cpu')
    it.fill(99, '12:00:00', '12:10:00')
    it.refuse = 'bad'
    await it.until('12:01:40')
    expect(it.state('cpu')).toBe('ALARM')
    expect(it.state('bad')).toBe('INSUFFICIENT_DATA')
    it.refuse = undefined
    await it.until('12:02:00')
    expect(it.state('bad')).toBe('ALARM')
    expect([...it.sent].sort()).toEqual(['bad ALARM', 'cpu ALARM'])
  })
})

it('a commit that takes long: no round runs beside it, and the instants are made up for', async () => {
  const it = await house('12:00:20')
  it.alarm('cpu')
  it.fill(99, '12:00:00', '12:01:00')
  it.fill(1, '12:01:00', '12:02:00')
  it.fill(99, '12:02:00', '12:10:00')
  let open = (): void => undefined
  it.commitGate = new Promise(resolve => {
    open = () => resolve()
  })
  await it.until('12:04:30')
  expect(it.commits).toBe(1)
  open()
  await it.until('12:05:00')
  // Back to OK at 12:02 and to ALARM at 12:03: in the end nothing changed.
  expect(it.story).toEqual(['12:01:00 cpu ALARM'])
})

/** Somebody's change reaches the store after the rounds have handed in their commit and before it takes place. */
const overtaken = async (change: (it: House) => void): Promise<House> => {
  const it = await house('12:00:20')
  it.alarm('cpu')
  it.fill(99, '12:00:00', '12:01:00')
  const gate = Promise.withResolvers<void>()
  it.commitGate = gate.promise
  await it.until('12:01:05')
  expect(it.commits).toBe(1)
  change(it)
  gate.resolve()
  await it.until('12:01:08')
  return it
}

describe('a commit that somebody overtook', () => {
  it('does not undo a state that was set by hand', async () => {
    const it = await overtaken(house => house.set('cpu', 'OK'))
    expect(it.sent).toEqual([])
    expect(it.events).toEqual([])
    it.fill(1, '12:01:00', '12:10:00')
    await it.until('12:05:00')
    expect(it.state('cpu')).toBe('OK')
    expect(it.sent).toEqual([])
  })
  it('does not judge a definition that is gone', async () => {
    const it = await overtaken(house => house.alarm('cpu', { threshold: 200 }))
    expect(it.sent).toEqual([])
    it.fill(99, '12:01:00', '12:10:00')
    await it.until('12:05:00')
    expect(it.story).toEqual(['12:01:10 cpu OK'])
  })
  it('tells nobody of an alarm that is gone', async () => {
    const it = await overtaken(house => house.delete('cpu'))
    expect(it.events).toEqual([])
    expect(it.sent).toEqual([])
  })
})

it('a store that cannot be read leaves its alarms as they are, and delays no other', async () => {
  const it = await house('12:00:20')
  it.memoryFrom = epochSeconds(Date.parse('2025-03-01T11:00:00Z') / 1000)
  it.alarm('cpu')
  it.alarm('long', { period: seconds(3600), evaluationPeriods: 3, statistic: 'Maximum', datapointsToAlarm: 1 })
  it.fill(99, '12:00:00', '13:00:00')
  it.readFailure = new Error('the store is down')
  await it.until('12:05:00')
  expect(it.story).toEqual(['12:01:00 cpu ALARM'])
  it.readFailure = undefined
  await it.until('12:06:00')
  expect(it.sent).toEqual(['cpu ALARM', 'long ALARM'])
  expect(it.reason('long')).toContain('[99.0 (01/03/25 11:05:00)]')
})

it('keeps its note of how far it is at what is committed', async () => {
  const it = await house('12:00:20')
  it.alarm('cpu')
  it.fill(99, '12:00:00', '12:10:00')
  await it.until('12:00:50')
  it.commitFailure = new Error('disk full')
  await it.until('12:04:00')
  expect(new Date(it.savedUpTo!).toISOString().slice(11, 19) < '12:01:00').toBe(true)
  it.commitFailure = undefined
  await it.until('12:05:10')
  expect(new Date(it.savedUpTo!).toISOString().slice(11, 19)).toBe('12:05:00')
})
