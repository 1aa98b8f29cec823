import { expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { silentLog } from '../../base/log.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis } from '../../base/time.ts'
import type { LeasedDelivery } from '../../model/notification.ts'
import type { DeliveryQueue } from '../ports.ts'
import { DeliveryWorker } from './worker.ts'

test('stopping waits for the look into the queue: nothing asks the store after it was closed', async () => {
  const clock = new ManualClock(epochMillis(0))
  const answer = Promise.withResolvers<readonly LeasedDelivery[]>()
  const asked: string[] = []
  const queue: DeliveryQueue = {
    lease: () => {
      asked.push('lease')
      return answer.promise
    },
    settle: () => Promise.resolve(),
    releaseAll: () => Promise.resolve(),
    bringForward: () => Promise.resolve(),
    nextDue: () => {
      asked.push('next due')
      return Promise.resolve(undefined)
    },
    onAdded: () => undefined,
  }
  const sender = { deliver: () => Promise.reject(new Error('nothing is to be sent')), retryClass: () => 'http' as const }
  const worker = new DeliveryWorker({ queue, sender, clock, entropy: seededEntropy(1), log: silentLog })
  await worker.start()
  const stopped = worker.stop().then(() => asked.push('stopped'))
  answer.resolve([])
  await stopped
  expect(asked.at(-1)).toBe('stopped')
})
