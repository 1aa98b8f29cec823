import { afterEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import type { Delivery } from '../../src/model/notification.ts'
import { noMailer } from '../../src/notify/email/no-mailer.ts'
import { webhook } from '../../src/notify/webhook/channel.ts'
import { Receiver, silence, status, type Answer } from './receiver.ts'
import { rig } from './rig.ts'
import { alarm, alarmPublication, delivery, publication, START, target } from './samples.ts'

/** Milliseconds. */
const SLICE = 5_000

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

const start = async (options: Parameters<typeof rig>[0] = {}) => {
  const parts = await rig(options)
  const receivers: Receiver[] = []
  closers.push(() => parts.egress.close())
  const receiver = async (answer?: Answer): Promise<Receiver> => {
    const made = await Receiver.start(answer)
    receivers.push(made)
    closers.push(() => made.close())
    return made
  }
  const to = (endpoint: string, id: string, changes: Partial<Delivery> = {}): Delivery =>
    delivery({ id, publication: publication({ messageId: id }), ...changes, subscription: target({ endpoint, ...changes.subscription }) })
  /** Resolves when all that is under way hangs at a receiver: the sockets are real, and time must not outrun them. */
  const calm = async (hanging = () => receivers.reduce((sum, { unanswered }) => sum + unanswered, 0)): Promise<void> => {
    for (let quiet = 0; quiet < 5;) {
      quiet = parts.worker.counts().running === hanging() ? quiet + 1 : 0
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  const advance = async (seconds: number): Promise<void> => {
    await calm()
    // In slices shorter than any timeout: an attempt that begins on the way gets its real time.
    for (let left = seconds * 1000; left > 0; left -= SLICE) {
      await parts.clock.advance(millis(Math.min(left, SLICE)))
      await calm()
    }
  }
  const until = async (holds: () => boolean, seconds = 1): Promise<void> => {
    await calm()
    for (let turn = 0; !holds(); turn++) {
      if (turn > 1_000) throw new Error('waited in vain')
      await advance(seconds)
    }
  }
  const attempts = (): number => parts.queue.rows.reduce((sum, row) => sum + row.attempts.length, 0)
  return { ...parts, receiver, to, calm, advance, until, attempts }
}

describe('one destination among others', () => {
  test.each([
    ['hangs', silence],
    ['answers 500', status(500)],
    ['answers 429', status(429, { 'retry-after': '3600' })],
    [
      'answers nonsense',
      ((_received, response) => {
        response.socket?.end('what?')
      }) satisfies Answer,
    ],
  ])('that %s delays no other, and gets its messages when it returns', async (_name, broken) => {
    const { worker, queue, receiver, to, clock, calm, advance, until } = await start()
    const bad = await receiver(broken)
    const good = await receiver()
    await worker.start()
    closers.push(() => worker.stop())
    const paged = { publication: alarmPublication(alarm(), 'x') }
    for (let index = 0; index < 50; index++) queue.add(to(bad.url, `bad-${index}`, paged))
    for (let index = 0; index < 50; index++) queue.add(to(good.url, `good-${index}`))
    await until(() => good.received.length === 50, 0.005)
    expect(clock.now() - START).toBeLessThan(200)
    await calm()
    expect(queue.rows.filter(({ delivery: { id }, state }) => state === (id.startsWith('bad') ? 'pending' : 'delivered'))).toHaveLength(
      100,
    )
    await advance(120)
    bad.answer = (_received, response) => void response.end()
    await until(() => queue.rows.every(({ state }) => state !== 'pending'), 15)
    expect(queue.rows.map(({ state }) => state).filter(state => state !== 'delivered')).toEqual([])
  })

  test('one path of a host that hangs delays no other path of it', async () => {
    const { worker, queue, receiver, to, until, clock } = await start()
    const hook = await receiver(({ path }, response) => void (path === '/good' && response.end()))
    await worker.start()
    for (let index = 0; index < 20; index++) queue.add(to(`${hook.url}/bad`, `bad-${index}`))
    for (let index = 0; index < 20; index++) queue.add(to(`${hook.url}/good`, `good-${index}`))
    await until(() => hook.received.filter(({ path }) => path === '/good').length === 20, 0.005)
    expect(clock.now() - START).toBeLessThan(200)
    const stopped = worker.stop()
    await clock.advance(millis(15_000))
    await stopped
  })

  test('a hundred hanging destinations leave room for the one that answers', async () => {
    const { worker, queue, receiver, to, clock, advance } = await start()
    const hanging = await Promise.all(Array.from({ length: 100 }, () => receiver(silence)))
    const good = await receiver()
    await worker.start()
    for (const [index, bad] of hanging.entries()) for (let nth = 0; nth < 5; nth++) queue.add(to(bad.url, `bad-${index}-${nth}`))
    // The first round of attempts finds out who hangs; from then on they only get what is left for such.
    await advance(15)
    await advance(15)
    queue.add(to(good.url, 'good'))
    await good.got(1)
    expect(worker.counts().running).toBeLessThanOrEqual(64 + 1)
    const stopped = worker.stop()
    await clock.advance(millis(15_000))
    await stopped
  })
})

test("an alarm's recovery never overtakes its alarm", async () => {
  const { worker, queue, receiver, to, until, attempts } = await start()
  const hook = await receiver(status(503))
  await worker.start()
  closers.push(() => worker.stop())
  queue.add(to(hook.url, 'alarm', { publication: alarmPublication(alarm(), 'alarm') }), 'arn')
  queue.add(to(hook.url, 'ok', { publication: alarmPublication(alarm({ state: 'OK' }), 'ok') }), 'arn')
  queue.add(to(hook.url, 'other'))
  await until(() => attempts() >= 4)
  expect(queue.row('ok').attempts).toEqual([])
  hook.answer = (_received, response) => void response.end()
  await until(() => queue.rows.every(({ state }) => state !== 'pending'))
  const ids = hook.received.map(({ headers }) => headers['x-amz-sns-message-id'])
  expect(ids.at(-1)).toBe('ok')
  expect(queue.rows.every(({ state }) => state === 'delivered')).toBe(true)
})

describe('when the process dies', () => {
  test('what was leased goes out after the restart; what was in flight at most once more, with the same id', async () => {
    const { worker, makeWorker, queue, receiver, to } = await start()
    const arrived = Promise.withResolvers<void>()
    const hook = await receiver(() => arrived.resolve())
    await worker.start()
    queue.add(to(hook.url, 'in-flight'))
    await arrived.promise
    // Killed here: the receiver has it, nothing is recorded, the lease stands.
    hook.answer = (_received, response) => void response.end()
    const next = makeWorker()
    await next.start()
    closers.push(() => next.stop())
    await queue.attempted(1)
    expect(hook.received.map(({ headers }) => headers['x-amz-sns-message-id'])).toEqual(['in-flight', 'in-flight'])
    expect(queue.row('in-flight').state).toBe('delivered')
  })

  test('a clean stop waits for what is under way and records it', async () => {
    const { worker, queue, receiver, to } = await start()
    const arrived = Promise.withResolvers<() => void>()
    const hook = await receiver((_received, response) => arrived.resolve(() => response.end()))
    await worker.start()
    queue.add(to(hook.url, 'one'))
    const answer = await arrived.promise
    const stopped = worker.stop()
    queue.add(to(hook.url, 'two'))
    answer()
    await stopped
    expect(queue.rows.map(({ state }) => state)).toEqual(['delivered', 'pending'])
  })
})

describe('a store in trouble', () => {
  test('a sent message is recorded when the store is back, and not sent again', async () => {
    const said: string[] = []
    const { worker, queue, receiver, to, clock, advance } = await start({
      log: { ...silentLog, error: (_facts, text) => said.push(text) },
    })
    const hook = await receiver((_received, response) => {
      queue.broken = true
      response.end()
    })
    await worker.start()
    closers.push(() => worker.stop())
    queue.add(to(hook.url, 'one'))
    await hook.got(1)
    while (said.length === 0) await new Promise(resolve => setImmediate(resolve))
    await clock.advance(millis(60_000))
    expect(said).toEqual([
      'a delivery cannot be recorded; trying again every second',
      'the outbox cannot be read; trying again every second',
    ])
    queue.broken = false
    await clock.advance(millis(1_000))
    await advance(1)
    expect(queue.row('one').state).toBe('delivered')
    expect(hook.received).toHaveLength(1)
  })

  test('an unreadable outbox is tried again, and said once', async () => {
    const said: string[] = []
    const { worker, queue, receiver, to, clock } = await start({ log: { ...silentLog, error: (_facts, text) => said.push(text) } })
    const hook = await receiver()
    queue.broken = true
    await worker.start()
    closers.push(() => worker.stop())
    queue.add(to(hook.url, 'one'))
    await clock.advance(millis(10_000))
    expect(said).toEqual(['the outbox cannot be read; trying again every second'])
    queue.broken = false
    await clock.advance(millis(1_000))
    await hook.got(1)
  })
})

describe('patience', () => {
  test('429 uses up no retry, and Retry-After is kept to', async () => {
    const { worker, queue, receiver, to, advance } = await start()
    const hook = await receiver(status(429, { 'retry-after': '60' }))
    await worker.start()
    closers.push(() => worker.stop())
    queue.add(to(hook.url, 'one'))
    for (let attempt = 1; attempt <= 20; attempt++) {
      await advance(59.999)
      expect(hook.received).toHaveLength(attempt)
      await advance(0.001)
    }
    expect(queue.row('one').delivery.attempts).toBe(0)
    hook.answer = (_received, response) => void response.end()
    await advance(60)
    expect(queue.row('one').state).toBe('delivered')
    expect(worker.counts()).toMatchObject({ retried: 0, throttled: 21, delivered: 1 })
  })

  test('a delivery policy decides how often and how fast', async () => {
    const { worker, queue, receiver, to, until } = await start()
    const hook = await receiver(status(500))
    const deliveryPolicy = JSON.stringify({
      healthyRetryPolicy: { numRetries: 5, numNoDelayRetries: 2, minDelayTarget: 10, maxDelayTarget: 10 },
    })
    await worker.start()
    closers.push(() => worker.stop())
    queue.add(to(hook.url, 'one', { subscription: target({ endpoint: hook.url, deliveryPolicy }) }))
    await until(() => queue.row('one').state === 'dead')
    const times = queue.row('one').attempts.map(({ at }) => (at - START) / 1000)
    expect(times).toHaveLength(6)
    expect(times[2]).toBeLessThan(4)
    for (const nth of [3, 4, 5]) expect(times[nth]! - times[nth - 1]!).toBeGreaterThanOrEqual(9)
  })

  test('maxReceivesPerSecond spaces the deliveries', async () => {
    const { worker, queue, receiver, to, advance } = await start()
    const hook = await receiver()
    const deliveryPolicy = JSON.stringify({ throttlePolicy: { maxReceivesPerSecond: 2 } })
    await worker.start()
    closers.push(() => worker.stop())
    for (let index = 0; index < 5; index++)
      queue.add(to(hook.url, `d-${index}`, { subscription: target({ endpoint: hook.url, deliveryPolicy }) }))
    for (let sent = 1; sent <= 5; sent++) {
      await advance(0.499)
      expect(hook.received).toHaveLength(sent)
      await advance(0.001)
    }
  })

  test('mail without a mail server waits instead of being lost', async () => {
    const { worker, queue, to, clock } = await start({ mail: noMailer })
    await worker.start()
    closers.push(() => worker.stop())
    queue.add(to('a@example.org', 'mail', { subscription: target({ protocol: 'email', endpoint: 'a@example.org' }) }))
    await queue.attempted(1)
    await clock.advance(millis(3_600_000))
    expect(queue.row('mail')).toMatchObject({ state: 'pending' })
    expect(queue.row('mail').attempts.at(-1)?.outcome.detail).toContain('TOCSIN_SMTP_URL')
  })
})

test('dead letters are told once, and how many there were when the receiver is back', async () => {
  const said: unknown[] = []
  const log = { ...silentLog, error: (facts: unknown) => said.push(facts), info: (facts: unknown) => said.push(facts) }
  const { worker, queue, receiver, to } = await start({ log })
  const hook = await receiver(status(404, {}, 'gone'))
  await worker.start()
  for (let index = 0; index < 3; index++) {
    queue.add(to(hook.url, `d-${index}`))
    await queue.attempted(index + 1)
  }
  hook.answer = (_received, response) => void response.end()
  queue.add(to(hook.url, 'd-3'))
  await queue.attempted(4)
  await worker.stop()
  expect(said).toEqual([
    { subscription: target().arn, protocol: 'http', why: '404 Not Found: gone' },
    { subscription: target().arn, lost: 3 },
  ])
  expect(worker.counts()).toMatchObject({ dead: 3, delivered: 1 })
})

test('a channel that throws, or never answers, costs an attempt and not the message', async () => {
  let calls = 0
  const odd = {
    ...webhook,
    deliver: () =>
      ++calls === 1
        ? Promise.reject(new TypeError('https://hooks.example/s3cr3t'))
        : calls === 2
          ? new Promise<never>(() => undefined)
          : Promise.resolve({ kind: 'delivered' as const, status: 200, detail: '' }),
  }
  const { worker, queue, to, clock, attempts } = await start({ channels: [odd] })
  await worker.start()
  closers.push(() => worker.stop())
  queue.add(to('http://x/', 'one'))
  for (let turn = 0; attempts() < 3 && turn < 1_000; turn++) await clock.advance(millis(1_000))
  expect(queue.row('one').attempts.map(({ outcome }) => outcome.detail)).toEqual([
    'the channel failed (TypeError)',
    'the attempt was given up after 60 seconds',
    '',
  ])
})

test('a clock set back by an hour neither loses nor repeats anything', async () => {
  const { worker, queue, receiver, to, clock, calm, until } = await start()
  const hook = await receiver(status(429, { 'retry-after': '60' }))
  await worker.start()
  closers.push(() => worker.stop())
  queue.add(to(hook.url, 'one'))
  await hook.got(1)
  await calm()
  clock.step(epochMillis(START - 3_600_000))
  hook.answer = (_received, response) => void response.end()
  queue.add(to(hook.url, 'two'))
  await until(() => queue.row('two').state === 'delivered', 10)
  expect(clock.now()).toBeLessThan(START - 3_000_000)
  await until(() => queue.row('one').state === 'delivered', 10)
  // Its minute is over, not its hour and a minute.
  expect(clock.now()).toBeLessThan(START - 3_400_000)
  expect(hook.received).toHaveLength(3)
})

test('a clock set back by a day while nobody looked holds up no retry, nor the messages behind it', async () => {
  const { worker, queue, receiver, to, calm } = await start()
  const hook = await receiver()
  const day = 86_400_000
  queue.add(to(hook.url, 'failed before'), 'alarm', START + day)
  queue.add(to(hook.url, 'behind it'), 'alarm')
  queue.add(to(hook.url, 'put off'), 'other', START + 3_600_000)
  await worker.start()
  closers.push(() => worker.stop())
  await hook.got(2)
  await calm()
  expect(queue.rows.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'pending'])
})

test('a thousand deliveries to one receiver, each once', async () => {
  const { worker, queue, receiver, to, until } = await start()
  const hook = await receiver()
  for (let index = 0; index < 1_000; index++) queue.add(to(hook.url, `d-${index}`))
  await worker.start()
  closers.push(() => worker.stop())
  await until(() => queue.rows.every(({ state }) => state === 'delivered'), 0.005)
  expect(new Set(hook.received.map(({ headers }) => headers['x-amz-sns-message-id'])).size).toBe(1_000)
  expect(hook.received).toHaveLength(1_000)
})
