import { afterEach, describe, expect, test } from 'vitest'
import type { AlarmFacts, Delivery } from '../../src/model/notification.ts'
import { epochMillis } from '../../src/base/time.ts'
import type { Pictures } from '../../src/notify/channel.ts'
import { Receiver, status } from './receiver.ts'
import { rig } from './rig.ts'
import { alarm, alarmPublication, delivery, picture, publication, START, target } from './samples.ts'
import { slackMock, visibleText, type SlackSeen } from './slack-mock.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const start = async (pictures?: Pictures, loadable = true) => {
  const mock = slackMock({ loadable })
  const receiver = await Receiver.start(mock.answer)
  const parts = await rig(pictures === undefined ? {} : { pictures })
  closers.push(
    () => receiver.close(),
    () => parts.egress.close(),
  )
  const endpoint = `${receiver.url}/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX`
  const send = (changes: Partial<Delivery>) =>
    parts.dispatch.deliver(delivery({ ...changes, subscription: target({ protocol: 'slack', endpoint }) }))
  const page = (facts: AlarmFacts) => send({ publication: alarmPublication(facts, 'm-1') })
  return { ...mock, receiver, send, page }
}

describe('an alarm', () => {
  test('says what broke, how badly, since when and what to do', async () => {
    const { page, messages, problems } = await start()
    expect(await page(alarm())).toMatchObject({ kind: 'delivered', status: 200 })
    expect(problems).toEqual([])
    const [message] = messages
    expect(message?.text).toBe(
      '🚨 Critical: Database CPU · Current: 78% · Duration: 8 minutes · Threshold: &gt; 75% · Action: Fail over to the replica · Runbook: https://wiki.example.org/db-cpu',
    )
    expect(message?.blocks).toEqual([{ type: 'header', text: { type: 'plain_text', text: '🚨 Critical: Database CPU', emoji: true } }])
    expect(message?.attachments?.[0]?.color).toBe('#d13212')
    expect(visibleText(message!)).toBe(
      [
        '🚨 Critical: Database CPU',
        'The primary is short of CPU',
        '*Current*\n78%',
        '*Duration*\n8 minutes',
        '*Threshold*\n&gt; 75%',
        '*Metric*\nAWS/RDS CPUUtilization (DBInstanceIdentifier = orders), Average over 1 minute',
        '*Team*\nData',
        '*Account*\n123456789012 · us-east-1',
        '*Action*\nFail over to the replica',
        'Open alarm',
        'Runbook',
        'Threshold Crossed: 1 datapoint [78.0 (01/01/26 11:52:00)] was greater than the threshold (75.0).',
      ].join('\n'),
    )
    const buttons = message?.attachments?.[0]?.blocks.find(({ type }) => type === 'actions')?.elements
    expect(buttons?.map(({ url }) => url)).toEqual([
      'https://tocsin.example.org/#/alarms/Database%20CPU?region=us-east-1&account=123456789012',
      'https://wiki.example.org/db-cpu',
    ])
  })

  test('resolved: says how long it had lasted', async () => {
    const { page, messages } = await start()
    await page(alarm({ state: 'OK', previousState: 'ALARM', value: 40, previousSince: epochMillis(START - 95 * 60_000) }))
    expect(messages[0]?.text).toMatch(/^✅ Resolved: Database CPU · Current: 40% · Duration: 1 hour 35 minutes · /)
    expect(messages[0]?.attachments?.[0]?.color).toBe('#1d8102')
  })

  test('resolved: nothing is left to do', async () => {
    const { page, messages } = await start()
    await page(alarm({ state: 'OK', previousState: 'ALARM', value: 40 }))
    expect(visibleText(messages[0]!)).not.toContain('Fail over')
    expect(messages[0]?.text).not.toContain('Runbook')
  })

  test('well from the beginning: nothing was resolved', async () => {
    const { page, messages } = await start()
    await page(alarm({ state: 'OK', previousState: 'INSUFFICIENT_DATA', value: 40, previousSince: START }))
    await page(alarm({ state: 'OK', previousState: 'INSUFFICIENT_DATA', value: 40, previousSince: epochMillis(START - 300_000) }))
    expect(messages.map(({ text }) => text)).toEqual([
      '✅ OK: Database CPU · Current: 40% · Threshold: &gt; 75%',
      '✅ OK: Database CPU · Current: 40% · Had no data for: 5 minutes · Threshold: &gt; 75%',
    ])
  })

  test('muted or suppressed until now: says so, and how long it has been bad', async () => {
    const { send, messages } = await start()
    await send({ publication: { ...alarmPublication(alarm(), 'm-1'), publishedAt: epochMillis(START + 2 * 3_600_000) } })
    expect(messages[0]?.text).toContain('Duration: 2 hours 8 minutes · Held back: 2 hours ·')
  })

  test('set by hand: no word of a value that nobody looked at', async () => {
    const { page, messages } = await start()
    await page(alarm({ value: undefined, recent: [], since: START, changedAt: START, action: undefined, runbook: undefined }))
    expect(messages[0]?.text).toBe('🚨 Critical: Database CPU · Duration: just now · Threshold: &gt; 75%')
  })

  test('without data', async () => {
    const { page, messages } = await start()
    await page(alarm({ state: 'INSUFFICIENT_DATA', value: undefined }))
    expect(messages[0]?.text).toMatch(/^❔ Insufficient data: Database CPU · Current: no data/)
  })

  test('a runbook that is a name, no tags at all', async () => {
    const { page, messages, problems } = await start()
    await page(alarm({ runbook: 'restart-database' }))
    await page(alarm({ severity: undefined, action: undefined, runbook: undefined, team: undefined, description: undefined }))
    expect(problems).toEqual([])
    expect(visibleText(messages[0]!)).toContain('*Runbook*\nrestart-database')
    expect(messages[1]?.text).toBe('🔔 Alarm: Database CPU · Current: 78% · Duration: 8 minutes · Threshold: &gt; 75%')
  })

  test.each([
    ['mentions and markup', '<!channel> <@U123> & *bold* <https://evil.example|click>'],
    ['every length', '🔥'.repeat(60_000)],
    ['only escapes', '&<>'.repeat(20_000)],
    ['control characters and half characters', '\u0000\u0007\ud83d a \udc00 \u202egnp.exe \r\n\u2028'],
    ['nothing readable', '\u0000'],
    ['a very long address', `https://wiki.example.org/${'x'.repeat(5_000)}`],
  ])('with %s in every text still arrives whole', async (_name, text) => {
    const { page, messages, problems } = await start()
    const metric = { namespace: text, name: text, dimensions: Array.from({ length: 30 }, () => ({ name: text, value: text })) }
    const outcome = await page(alarm({ name: text, description: text, reason: text, action: text, runbook: text, team: text, metric }))
    expect(problems).toEqual([])
    expect(outcome).toMatchObject({ kind: 'delivered' })
    expect(messages[0]?.blocks?.length).toBe(1)
  })
})

describe('a plain message', () => {
  test('has its subject as title and its text as it is', async () => {
    const { send, messages, problems } = await start()
    await send({ publication: publication({ message: 'a < b & c\nsecond line' }) })
    expect(problems).toEqual([])
    expect(messages[0]?.text).toBe('My subject: a &lt; b &amp; c\nsecond line')
    expect(visibleText(messages[0]!)).toBe('My subject\na &lt; b &amp; c\nsecond line\narn:aws:sns:us-east-1:123456789012:ops')
  })

  test('a JSON document is shown as one', async () => {
    const { send, messages } = await start()
    await send({ publication: publication({ subject: undefined, message: '{"a":{"b":1}}' }) })
    expect(visibleText(messages[0]!)).toContain('```{\n  "a": {\n    "b": 1\n  }\n}```')
  })

  test('MessageStructure json: the text for slack, else the default', async () => {
    const { send, messages } = await start()
    await send({ publication: publication({ structure: 'json', message: '{"default":"d","slack":"s"}' }) })
    await send({ publication: publication({ structure: 'json', message: '{"default":"d"}' }) })
    expect(messages.map(({ text }) => text)).toEqual(['My subject: s', 'My subject: d'])
  })

  test.each([
    ['letters', 'x'.repeat(262_144)],
    ['words', 'lorem ipsum '.repeat(20_000)],
    ['escapes', '&'.repeat(100_000)],
    ['emoji', '👩‍🚒'.repeat(20_000)],
    ['blanks', ' '.repeat(9_000)],
  ])('256 KB of %s', async (_name, message) => {
    const { send, problems } = await start()
    expect(await send({ publication: publication({ message }) })).toMatchObject({ kind: 'delivered' })
    expect(problems).toEqual([])
  })

  test("the custom schema of AWS's chat service", async () => {
    const { send, messages, problems } = await start()
    const message = JSON.stringify({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: 'Deploy failed',
        description: 'The *build* broke',
        nextSteps: ['Look at <https://ci.example.org|CI>', 'Roll back'],
        keywords: ['ci', 'main'],
      },
      metadata: { summary: 'Build 12 failed', relatedResources: ['arn:aws:x:::y'], additionalContext: { Branch: 'main' } },
    })
    await send({ publication: publication({ message }) })
    expect(problems).toEqual([])
    expect(messages[0]?.text).toBe('Build 12 failed')
    expect(visibleText(messages[0]!)).toBe(
      'Deploy failed\nThe *build* broke\n*Branch*\nmain\n*Next steps*\n• Look at <https://ci.example.org|CI>\n• Roll back\n*Related resources*\narn:aws:x:::y\nci · main',
    )
  })
})

test('a layout that Slack refuses goes out once more as plain text', async () => {
  const { page, receiver } = await start()
  receiver.answer = ({ body }, response) =>
    void (body.includes('"blocks"') ? response.writeHead(400).end('invalid_blocks') : response.end('ok'))
  expect(await page(alarm())).toMatchObject({ kind: 'delivered' })
  expect(JSON.parse(receiver.received[1]!.body)).toEqual({ text: expect.stringContaining('🚨 Critical: Database CPU') })
})

test.each([
  [404, 'no_service', false],
  [403, 'invalid_token', false],
  [410, 'channel_is_archived', false],
  [500, 'rollup_error', true],
  [429, '', true],
])("Slack's %i %s: worth a retry %s", async (code, text, retryable) => {
  const { page, receiver } = await start()
  receiver.answer = status(code, { 'retry-after': '30' }, text)
  expect(await page(alarm())).toMatchObject({ kind: 'failed', status: code, retryable, retryAt: retryable ? START + 30_000 : undefined })
})

describe('a picture', () => {
  const image = ({ attachments }: SlackSeen) => attachments?.[0]?.blocks.find(({ type }) => type === 'image')
  const linked: Pictures = { linked: true, ofAlarm: async () => picture }

  test('shows what the alarm watched', async () => {
    const { page, messages, problems } = await start(linked)
    expect(await page(alarm())).toMatchObject({ kind: 'delivered' })
    expect(problems).toEqual([])
    expect(image(messages[0]!)).toEqual({ type: 'image', image_url: picture.url, alt_text: picture.alt })
  })

  test('that Slack cannot load costs nothing but itself', async () => {
    const { page, messages } = await start(linked, false)
    expect(await page(alarm())).toMatchObject({ kind: 'delivered', status: 200 })
    expect(messages).toHaveLength(1)
    expect(image(messages[0]!)).toBeUndefined()
    expect(visibleText(messages[0]!)).toContain('*Current*')
  })

  test('is not even drawn where nobody could load it', async () => {
    const { page, messages } = await start({ linked: false, ofAlarm: () => Promise.reject(new Error('asked for a picture')) })
    expect(await page(alarm())).toMatchObject({ kind: 'delivered' })
    expect(image(messages[0]!)).toBeUndefined()
  })
})

test('an alarm on logs shows their first lines as they are, and where the others are', async () => {
  const { page, messages, problems } = await start()
  const lines = ['``` & <!channel>', ...Array.from({ length: 49 }, (_, i) => `line ${i} ${'&'.repeat(2000)}`)]
  await page(alarm({ logs: { groups: ['/app'], query: 'filter level = "ERROR"', start: START, end: START, lines } }))
  expect(problems).toEqual([])
  const text = visibleText(messages[0]!)
  expect(text).toContain("*Log lines*\n```''' &amp; &lt;!channel&gt;\nline 0 &amp;")
  expect(text).toContain('```\nand 40 more')
  expect(text).toContain('Open logs')
})
