import { afterEach, describe, expect, test } from 'vitest'
import { alarmArn } from '../../src/base/arn.ts'
import type { AlarmFacts, Delivery } from '../../src/model/notification.ts'
import type { Pictures } from '../../src/notify/channel.ts'
import { pagerDutyMock, ROUTING_KEY } from './pagerduty-mock.ts'
import { Receiver, status } from './receiver.ts'
import { rig } from './rig.ts'
import { alarm, alarmPublication, delivery, picture, publication, START, target, tenant } from './samples.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const start = async (path = `/integration/${ROUTING_KEY}/enqueue`, pictures?: Pictures) => {
  const mock = pagerDutyMock()
  const receiver = await Receiver.start(mock.answer)
  const parts = await rig(pictures === undefined ? {} : { pictures })
  closers.push(
    () => receiver.close(),
    () => parts.egress.close(),
  )
  const send = (changes: Partial<Delivery>) =>
    parts.dispatch.deliver(delivery({ ...changes, subscription: target({ protocol: 'pagerduty', endpoint: `${receiver.url}${path}` }) }))
  const page = (facts: AlarmFacts) => send({ publication: alarmPublication(facts, 'm-1') })
  return { ...mock, receiver, send, page }
}

test("an incident opens, is added to, and resolves under the alarm's ARN", async () => {
  const { page, events, open, problems } = await start()
  expect(await page(alarm())).toMatchObject({ kind: 'delivered', status: 202 })
  expect(open).toEqual(new Set([alarm().arn]))
  expect(events[0]).toMatchObject({
    event_action: 'trigger',
    payload: {
      summary:
        '🚨 Critical: Database CPU · Current: 78% · Duration: 8 minutes · Threshold: > 75% · Action: Fail over to the replica · Runbook: https://wiki.example.org/db-cpu',
      source: 'AWS/RDS/orders',
      severity: 'critical',
      timestamp: '2026-01-01T12:00:00.000Z',
      component: 'CPUUtilization',
      group: 'AWS/RDS',
      class: 'metric alarm',
      custom_details: {
        Current: '78%',
        Duration: '8 minutes',
        Threshold: '> 75%',
        Account: '123456789012 · us-east-1',
        Description: 'The primary is short of CPU',
      },
    },
    links: [{ text: 'Open alarm' }, { href: 'https://wiki.example.org/db-cpu', text: 'Runbook' }],
  })
  expect(await page(alarm({ state: 'INSUFFICIENT_DATA', previousState: 'ALARM' }))).toEqual({
    kind: 'delivered',
    status: undefined,
    detail: 'nothing sent: missing data neither opens nor resolves an incident',
  })
  expect(open.size).toBe(1)
  await page(alarm({ state: 'OK', previousState: 'INSUFFICIENT_DATA' }))
  expect(open.size).toBe(0)
  expect(events.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve'])
  expect(problems).toEqual([])
})

test.each([
  ['P1', 'critical'],
  ['P2', 'error'],
  ['P3', 'warning'],
  ['P4', 'info'],
  ['Info', 'info'],
  [undefined, 'error'],
] as const)('severity %s is %s', async (severity, expected) => {
  const { page, events } = await start()
  await page(alarm({ severity }))
  expect(events[0]?.payload?.severity).toBe(expected)
})

test('a plain message opens an incident of its own', async () => {
  const { send, events, problems } = await start()
  await send({ publication: publication() })
  await send({ publication: publication({ subject: undefined, message: '{"job":"backup","ok":false}', messageId: 'second' }) })
  expect(problems).toEqual([])
  expect(events[0]).toMatchObject({
    dedup_key: publication().messageId,
    payload: { summary: 'My subject', severity: 'info', custom_details: { message: 'My Test Message' } },
  })
  expect(events[1]).toMatchObject({
    dedup_key: 'second',
    payload: { summary: '{"job":"backup","ok":false}', custom_details: { job: 'backup', ok: false } },
  })
})

test('a confirmation is nothing for PagerDuty', async () => {
  const { send, receiver } = await start()
  expect(await send({ type: 'SubscriptionConfirmation', token: 't' })).toMatchObject({ kind: 'delivered' })
  expect(receiver.received).toEqual([])
})

describe('odd content', () => {
  test.each([
    ['long', '🔥'.repeat(60_000)],
    ['control and half characters', '\u0000\ud83d\u0007'],
    ['quotes', '"\\\n'.repeat(50_000)],
  ])('%s', async (_name, text) => {
    const { page, problems, open } = await start()
    const metric = { namespace: text, name: text, dimensions: [{ name: text, value: text }] }
    expect(
      await page(
        alarm({
          name: text,
          description: text,
          reason: text,
          action: text,
          runbook: text,
          team: text,
          metric,
          arn: alarmArn(tenant, 'odd'),
        }),
      ),
    ).toMatchObject({ kind: 'delivered' })
    expect(problems).toEqual([])
    expect(open.size).toBe(1)
  })

  test('details above 512 KB are left out, not the event', async () => {
    const { send, events } = await start()
    expect(await send({ publication: publication({ message: JSON.stringify({ a: '\u00e9'.repeat(300_000) }) }) })).toMatchObject({
      kind: 'delivered',
    })
    expect(events[0]?.payload?.custom_details).toEqual({ note: expect.stringContaining('too large') })
  })

  test("a 413 of PagerDuty's own shrinks the event at once", async () => {
    const { page, receiver } = await start()
    receiver.answer = ({ body }, response) => void response.writeHead(body.includes('too large for PagerDuty') ? 202 : 413).end()
    expect(await page(alarm())).toMatchObject({ kind: 'delivered', status: 202 })
  })

  test('ARNs longer than a dedup key stay apart, and the same', async () => {
    const { page, events, open, problems } = await start()
    const long = (end: string) => alarmArn(tenant, `${'n'.repeat(250)}${end}`)
    await page(alarm({ arn: long('a') }))
    await page(alarm({ arn: long('b') }))
    await page(alarm({ arn: long('a'), state: 'OK', previousState: 'ALARM' }))
    expect(problems).toEqual([])
    expect(events).toHaveLength(3)
    expect(open.size).toBe(1)
  })
})

test.each([
  [400, false],
  [403, true],
  [404, false],
  [413, false],
  [429, true],
  [500, true],
  [503, true],
])("PagerDuty's %i: worth a retry %s", async (code, retryable) => {
  const { page, receiver } = await start()
  receiver.answer = status(code, { 'retry-after': '7' }, '{"status":"x"}')
  expect(await page(alarm())).toMatchObject({
    kind: 'failed',
    status: code,
    retryable,
    retryAt: retryable && code !== 403 ? START + 7_000 : undefined,
  })
})

test('a 403 is tried once more, no more', async () => {
  const { send, receiver } = await start()
  receiver.answer = status(403)
  expect(await send({ publication: alarmPublication(alarm(), 'm'), attempts: 1 })).toMatchObject({ retryable: false })
})

describe('how an integration may be named', () => {
  test.each([
    `/integration/${ROUTING_KEY}/enqueue`,
    `/v2/enqueue?routing_key=${ROUTING_KEY}`,
    `/v2/enqueue?x-routing-key=${ROUTING_KEY}`,
    `/?routing_key=${ROUTING_KEY}`,
    `/x-ere/${ROUTING_KEY}`,
  ])('%s', async path => {
    const { page, events } = await start(path)
    await page(alarm())
    expect(events).toHaveLength(1)
  })

  test.each(['/v2/enqueue', '/integration/short/enqueue', '/v2/enqueue?routing_key='])('%s holds no key', async path => {
    const { page } = await start(path)
    expect(await page(alarm())).toMatchObject({ kind: 'failed', retryable: false, status: undefined })
  })
})

test('an incident shows what the alarm watched, where PagerDuty can load it by https', async () => {
  const images = async (shown: Partial<typeof picture>) => {
    const { page, events } = await start(undefined, { linked: true, ofAlarm: async () => ({ ...picture, ...shown }) })
    await page(alarm())
    await page(alarm({ state: 'OK', previousState: 'ALARM' }))
    return events.map(event => event.images?.map(({ src, alt }) => `${src} ${alt}`))
  }
  expect(await images({})).toEqual([[`${picture.url} ${picture.alt}`], undefined])
  expect(await images({ url: 'http://10.0.0.1/pictures/1.png' })).toEqual([undefined, undefined])
})
