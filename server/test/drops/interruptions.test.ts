import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { DroppedObjects } from './dropped-objects.ts'

const telemetry = await scratchTelemetry()
const LINES = Array.from({ length: 35_000 }, (_, index) => `{"n":${index}}`)

/** Messages in the order of their numbers, with those that came twice, and how often arrivals told of each. */
const outcome = async (dropped: DroppedObjects) => {
  const { directory, intake } = dropped.called.logs
  await intake.settled([...directory.all()].map(({ id }) => id))
  return telemetry.query<{ n: string; different: string }>('slow', 'SELECT count() AS n, uniqExact(message) AS different FROM log_events')
}

test.each([
  [0, 'before'], [0, 'behind'], [1, 'before'], [2, 'behind'], [3, 'before'], [3, 'behind'],
] as const)('an object that is broken off at batch %i, %s the point of no return, goes on where it stood', async (after, where) => {
  const dropped = await DroppedObjects.open(telemetry)
  const told: { readonly stream: string; readonly first: string | undefined }[] = []
  dropped.called.logs.intake.onArrival(({ stream, messages }) => void told.push({ stream, first: messages[0] }))
  await dropped.put('logs', 'a', LINES.join('\n'))
  dropped.breakOff(after, where)
  await dropped.drops.start()
  expect(await dropped.trouble()).toBe('Error: killed')
  await dropped.put('logs', 'next/b', 'fine')
  await dropped.restart()
  await dropped.settled()
  expect(await outcome(dropped)).toEqual([{ n: '35001', different: '35001' }])
  expect(await dropped.messages('/s3/logs/next')).toEqual(['fine'])
  // Whoever listens hears of every batch, and again of the one that nobody knows whether he heard of.
  const firsts = told.filter(({ stream }) => stream === 'a').map(({ first }) => first)
  expect(new Set(firsts).size).toBe(4)
  expect(firsts.length).toBe(where === 'behind' ? 5 : 4)
})

test('what cannot be taken now is tried again a few seconds later', async () => {
  const dropped = await DroppedObjects.open(telemetry)
  await dropped.put('logs', 'a', 'one\ntwo')
  dropped.breakOff(0, 'before')
  await dropped.drops.start()
  expect(await dropped.trouble()).toBe('Error: killed')
  await dropped.called.clock.advance(millis(5_000))
  await dropped.settled()
  expect(await dropped.messages('/s3/logs')).toEqual(['one', 'two'])
})
