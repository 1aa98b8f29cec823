import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { epochMillis, millis } from '../../src/base/time.ts'
import type { Delivery, DeliveryOutcome, DeliveryTarget } from '../../src/model/notification.ts'
import type { Channel, Mailer } from '../../src/notify/channel.ts'
import { channels } from '../../src/notify/registry.ts'
import { ROUTING_KEY } from './pagerduty-mock.ts'
import { Receiver, silence, status, type Answer } from './receiver.ts'
import { rig } from './rig.ts'
import { alarm, alarmPublication, delivery, publication, START, target } from './samples.ts'

/** The law that every channel obeys, whatever it speaks. A new channel gets a row here. */
const kits: readonly {
  readonly name: string
  readonly target: (url: string) => Partial<DeliveryTarget>
  readonly secret: string
  readonly success: number
}[] = [
  {
    name: 'webhook',
    target: url => ({ protocol: 'http', endpoint: `${url}/hooks/s3cr3t-path?key=s3cr3t-query` }),
    secret: 's3cr3t',
    success: 200,
  },
  {
    name: 'slack',
    target: url => ({ protocol: 'slack', endpoint: `${url}/services/T0000/B0000/s3cr3t` }),
    secret: 's3cr3t',
    success: 200,
  },
  {
    name: 'pagerduty',
    target: url => ({ protocol: 'pagerduty', endpoint: `${url}/integration/${ROUTING_KEY}/enqueue` }),
    secret: ROUTING_KEY,
    success: 202,
  },
  {
    name: 'log-subscription',
    target: url => ({ protocol: 'logs', endpoint: `${url}/in/s3cr3t-path?key=s3cr3t-query` }),
    secret: 's3cr3t',
    success: 200,
  },
]

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

test('every channel of the registry has its row here or its own server below', () => {
  expect(channels.map(({ name }) => name).sort()).toEqual([...kits.map(({ name }) => name), 'email'].sort())
})

describe.each(kits)('$name', ({ target: targetOf, secret, success }) => {
  const start = async (answer: Answer) => {
    const receiver = await Receiver.start(answer)
    const parts = await rig()
    closers.push(
      () => receiver.close(),
      () => parts.egress.close(),
    )
    const attempt = (changes: Partial<Delivery> = {}): Promise<DeliveryOutcome> =>
      parts.dispatch.deliver(
        delivery({ publication: alarmPublication(alarm(), 'm'), attempts: 1, ...changes, subscription: target(targetOf(receiver.url)) }),
      )
    return { receiver, attempt, ...parts }
  }

  test('success is delivered', async () => {
    const { attempt } = await start(status(success))
    expect(await attempt()).toMatchObject({ kind: 'delivered', status: success })
  })

  test.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [405, false],
    [408, true],
    [410, false],
    [422, false],
    [425, true],
    [429, true],
    [500, true],
    [501, true],
    [502, true],
    [503, true],
    [504, true],
    [599, true],
    [301, true],
    [302, true],
    [304, true],
  ])('%i: worth a retry: %s', async (code, retryable) => {
    const { attempt } = await start(status(code))
    expect(await attempt()).toMatchObject({ kind: 'failed', status: code, retryable })
  })

  test.each([
    ['120', START + 120_000],
    ['0', undefined],
    ['1.5', START + 1_500],
    [new Date(START + 90_000).toUTCString(), START + 90_000],
    [new Date(START - 90_000).toUTCString(), undefined],
    ['99999999999', START + 3_600_000],
    ['-5', undefined],
    ['soon', undefined],
    ['Infinity', undefined],
    ['', undefined],
  ])('Retry-After %j', async (header, expected) => {
    for (const code of [429, 503]) {
      const { attempt } = await start(status(code, { 'retry-after': header }))
      expect(await attempt()).toMatchObject({ retryable: true, retryAt: expected })
    }
  })

  test('a receiver that echoes everything does not get a secret into the outcome', async () => {
    const { attempt } = await start(
      ({ path, headers, body }, response) =>
        void response
          .writeHead(500)
          .end(
            `${path} ${decodeURIComponent(path)} ${encodeURIComponent(path)} ${JSON.stringify(path)} ${JSON.stringify(headers)} ${body}`,
          ),
    )
    const outcome = await attempt()
    expect(outcome.detail.length).toBeGreaterThan(20)
    expect(outcome.detail).not.toContain(secret)
  })

  test('nor does one that cannot be reached', async () => {
    const { attempt, receiver } = await start(status(success))
    receiver.close()
    const outcome = await attempt()
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true, status: undefined })
    expect(outcome.detail).not.toContain(secret)
  })

  test('an answer of control characters and megabytes becomes one short line', async () => {
    const { attempt } = await start(status(500, {}, `\u0000\u001b[31m\n${'é🔥'.repeat(1_000_000)}`))
    const { detail } = await attempt()
    expect(Array.from(detail).length).toBeLessThanOrEqual(240)
    expect(detail).toMatch(/^500 Internal Server Error: \[31m é🔥.*…$/)
    expect(detail.isWellFormed()).toBe(true)
  })

  test('a receiver that hangs is cut after 15 seconds and tried again later', async () => {
    const { attempt, receiver, clock } = await start(silence)
    const outcome = attempt()
    await receiver.got(1)
    await clock.advance(millis(15_000))
    expect(await outcome).toMatchObject({
      kind: 'failed',
      retryable: true,
      status: undefined,
      detail: '127.0.0.1 did not answer in time',
    })
  })

  test.each(['\u0000\u0001\ud83d\udc00', '🔥'.repeat(100_000), '<!everyone> & "quotes" \\ \r\n.\r\n', '{{}}${}%s', '\u202e\ufeff\u2028'])(
    'text that is hard to carry (%#) is carried',
    async text => {
      const { attempt } = await start(status(success))
      const odd = alarm({
        name: text,
        description: text,
        reason: text,
        action: text,
        runbook: text,
        team: text,
        metric: { namespace: text, name: text, dimensions: [{ name: text, value: text }] },
      })
      expect(await attempt({ publication: alarmPublication(odd, 'm') })).toMatchObject({ kind: 'delivered' })
      expect(await attempt({ publication: publication({ subject: text, message: text }) })).toMatchObject({ kind: 'delivered' })
    },
  )

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300, 5e-324])('the number %d costs nobody the message', async value => {
    const { attempt } = await start(status(success))
    const odd = alarm({ value, threshold: value, changedAt: epochMillis(START), since: epochMillis(START + 1e9), severity: undefined })
    expect(await attempt({ publication: alarmPublication(odd, 'm') })).toMatchObject({ kind: 'delivered' })
  })

  test('a private destination is refused for good, with the setting that could admit it', async () => {
    const { context } = await rig()
    const attempts: string[] = []
    const elsewhere = {
      ...context,
      http: {
        send: (request: { readonly url: string }) => (
          attempts.push(request.url),
          Promise.resolve({
            kind: 'failure' as const,
            reason: 'refused' as const,
            detail: 'x is not a public address (private); TOCSIN_EGRESS_ALLOW can admit it',
          })
        ),
      },
    }
    const channel = channels.find(other => other.claims(target(targetOf('http://10.0.0.1')))) as Channel
    const outcome = await channel.deliver(
      delivery({ publication: alarmPublication(alarm(), 'm'), subscription: target(targetOf('http://10.0.0.1')) }),
      elsewhere,
    )
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false, detail: expect.stringContaining('TOCSIN_EGRESS_ALLOW') })
    expect(attempts).toHaveLength(1)
  })

  test('resets and nonsense are worth a retry', async () => {
    for (const nonsense of ['', 'HTTP/1.1 999999 ???\r\n\r\n', '\u0000\u0001\u0002', '220 mail.example.org ESMTP\r\n']) {
      const server = createServer(socket => {
        socket.on('error', () => undefined)
        socket.once('data', () => (nonsense === '' ? socket.resetAndDestroy() : socket.end(nonsense)))
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      closers.push(() => server.close())
      const address = server.address()
      const { dispatch } = await start(status(success))
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
      expect(await dispatch.deliver(delivery({ subscription: target(targetOf(url)) }))).toMatchObject({ kind: 'failed', retryable: true })
    }
  })
})

describe('email', () => {
  const attempt = async (mail: Mailer) => {
    const { dispatch } = await rig({ mail })
    return dispatch.deliver(
      delivery({
        type: 'SubscriptionConfirmation',
        token: 's3cr3t-token',
        subscription: target({ protocol: 'email', endpoint: 'a@example.org' }),
      }),
    )
  }

  test.each([
    [true, false],
    [false, true],
  ])('permanent %s: worth a retry %s', async (permanent, retryable) => {
    const outcome = await attempt({
      send: () => Promise.resolve({ kind: 'refused', status: 500, permanent, text: 'no: s3cr3t-token\n\u0000' }),
    })
    expect(outcome).toEqual({ kind: 'failed', retryable, status: 500, detail: 'no: …', retryAt: undefined })
  })
})

test('a protocol that no channel serves is final, and says so', async () => {
  const { dispatch } = await rig()
  expect(await dispatch.deliver(delivery({ subscription: target({ protocol: 'fax' }) }))).toMatchObject({
    retryable: false,
    detail: 'no channel serves the protocol "fax"',
  })
})

test.each([
  ['https', 'https://hooks.slack.com/services/T/B/x', 'slack'],
  ['https', 'https://events.pagerduty.com/integration/x/enqueue', 'pagerduty'],
  ['https', 'https://events.eu.pagerduty.com/integration/x/enqueue', 'pagerduty'],
  ['https', 'https://hooks.slack.com.evil.example/services', 'webhook'],
  ['https', 'https://evil.example/?https://hooks.slack.com/', 'webhook'],
  ['http', 'http://hooks.slack.com/services/T/B/x', 'webhook'],
  ['slack', 'http://mattermost.internal/hooks/x', 'slack'],
  ['pagerduty', ROUTING_KEY, 'pagerduty'],
  ['email', 'a@example.org', 'email'],
  ['email-json', 'a@example.org', 'email'],
])('%s %s goes to %s', (protocol, endpoint, expected) => {
  expect(channels.find(channel => channel.claims(target({ protocol, endpoint })))?.name).toBe(expected)
})
