import { afterEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../../src/base/manual-clock.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import type { AlarmFacts, Delivery, DeliveryTarget } from '../../src/model/notification.ts'
import type { Pictures } from '../../src/notify/channel.ts'
import { noMailer } from '../../src/notify/email/no-mailer.ts'
import { SmtpMailer } from '../../src/notify/email/smtp-mailer.ts'
import { MailServer } from './mail-server.ts'
import { PUBLIC_URL, rig } from './rig.ts'
import { alarm, alarmPublication, delivery, picture, publication, START, target } from './samples.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const start = async (query = 'from=alerts@example.org', credentials = '', pictures?: Pictures) => {
  const server = await MailServer.start()
  const mailer = new SmtpMailer(`smtp://${credentials}127.0.0.1:${server.port}?${query}`, PUBLIC_URL, new ManualClock(START))
  const { dispatch } = await rig({ mail: mailer, ...(pictures === undefined ? {} : { pictures }) })
  closers.push(
    () => mailer.close(),
    () => server.close(),
  )
  const send = (changes: Partial<Delivery>, to: Partial<DeliveryTarget> = {}) =>
    dispatch.deliver(delivery({ ...changes, subscription: target({ protocol: 'email', endpoint: 'ops@example.com', ...to }) }))
  const page = (facts: AlarmFacts, messageId = 'm-1') => send({ publication: alarmPublication(facts, messageId) })
  const last = () => server.mails.at(-1)!
  return { server, send, page, last }
}

describe('an alarm', () => {
  test('arrives as text and HTML with all that somebody on call needs', async () => {
    const { page, last } = await start()
    expect(await page(alarm())).toMatchObject({ kind: 'delivered', status: 250 })
    const { parsed, from, to } = last()
    expect([from, to]).toEqual(['alerts@example.org', ['ops@example.com']])
    expect(parsed.subject).toBe('ALARM: "Database CPU" in US East (N. Virginia)')
    expect(parsed.from?.text).toBe('"Tocsin" <alerts@example.org>')
    expect(parsed.date?.getTime()).toBe(START)
    expect(parsed.text).toBe(`🚨 Critical: Database CPU

The primary is short of CPU

Current:   78%
Duration:  8 minutes
Threshold: > 75%
Metric:    AWS/RDS CPUUtilization (DBInstanceIdentifier = orders), Average over 1 minute
Team:      Data
Account:   123456789012 · us-east-1
Action:    Fail over to the replica
Runbook:   https://wiki.example.org/db-cpu

Open alarm: https://tocsin.example.org/#/alarms/Database%20CPU?region=us-east-1&account=123456789012

Threshold Crossed: 1 datapoint [78.0 (01/01/26 11:52:00)] was greater than the threshold (75.0).

You are receiving this email because …

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
https://tocsin.example.org/?Action=Unsubscribe&SubscriptionArn=${target().arn}
`)
    const html = parsed.html === false ? '' : parsed.html
    expect(html).toContain('🚨 Critical: Database CPU')
    expect(html).toContain('<a href="https://wiki.example.org/db-cpu">')
    expect(html).toContain('&gt; 75%')
    expect(html).not.toMatch(/<img|<script|url\(/)
  })

  test('has the headers that keep robots quiet and let people leave', async () => {
    const { page, last } = await start()
    await page(alarm())
    const { headers } = last().parsed
    expect(headers.get('auto-submitted')).toBe('auto-generated')
    expect(headers.get('list')).toMatchObject({
      unsubscribe: { url: `https://tocsin.example.org/?Action=Unsubscribe&SubscriptionArn=${target().arn}` },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    })
  })

  test('and what follows in the same incident are one conversation', async () => {
    const { page, server } = await start()
    const began = START
    await page(alarm({ changedAt: began }), 'm-1')
    await page(alarm({ changedAt: began }), 'm-1')
    await page(alarm({ state: 'OK', previousState: 'ALARM', previousSince: began, changedAt: epochMillis(began + 60_000) }), 'm-2')
    await page(alarm({ changedAt: epochMillis(began + 120_000) }), 'm-3')
    const [opened, repeated, resolved, opensAgain] = server.mails.map(({ parsed }) => parsed)
    expect(repeated?.messageId).toBe(opened?.messageId)
    expect(resolved?.inReplyTo).toBe(opened?.messageId)
    expect(resolved?.references).toBe(opened?.messageId)
    expect(opened?.inReplyTo).toBeUndefined()
    expect(new Set([opened?.messageId, resolved?.messageId, opensAgain?.messageId]).size).toBe(3)
    expect(opened?.messageId).toMatch(/^<alarm\.[0-9a-f]{32}@example\.org>$/)
  })
})

test('a plain message: its subject and its text', async () => {
  const { send, last } = await start()
  await send({ publication: publication({ message: '<b>1</b>\r\nline two\n.\n.dots' }) }, { topicDisplayName: 'Ops "team"' })
  const { parsed } = last()
  expect(parsed.subject).toBe('My subject')
  expect(parsed.from?.value[0]?.name).toBe('Ops "team"')
  expect(parsed.text).toMatch(/^<b>1<\/b>\nline two\n\.\n\.dots\n\n--\n/)
  expect(parsed.html).toContain('&lt;b&gt;1&lt;/b&gt;')
  await send({ publication: publication({ subject: undefined }) })
  expect(last().parsed.subject).toBe('Notification Message')
})

test('email-json: the signed envelope as text', async () => {
  const { send, last } = await start()
  await send(
    { publication: publication({ structure: 'json', message: '{"default":"d","email-json":"j","email":"e"}' }) },
    { protocol: 'email-json' },
  )
  const { parsed } = last()
  expect(parsed.html).toBe(false)
  expect(JSON.parse(parsed.text ?? '')).toMatchObject({ Type: 'Notification', Message: 'j', Signature: expect.any(String) })
})

test('a confirmation holds the link', async () => {
  const { send, last } = await start()
  await send({ type: 'SubscriptionConfirmation', token: 'abc123token' })
  const { parsed, source } = last()
  expect(parsed.subject).toBe('Notification - Subscription Confirmation')
  const link = `https://tocsin.example.org/?Action=ConfirmSubscription&TopicArn=${publication().topicArn}&Token=abc123token`
  expect(parsed.text).toContain(`Confirm subscription: ${link}`)
  expect(parsed.html).toContain(`<a href="${link.replaceAll('&', '&amp;')}">Confirm subscription</a>`)
  expect(source).not.toMatch(/List-Unsubscribe/i)
})

describe('nothing in a message becomes a header or a recipient', () => {
  test('line breaks in subject and names', async () => {
    const { send, last } = await start()
    await send(
      { publication: publication({ subject: 'a\r\nBcc: evil@example.net\r\n\r\nbody' }) },
      { topicDisplayName: 'x\r\nBcc: evil@example.net' },
    )
    const { parsed, to } = last()
    expect(to).toEqual(['ops@example.com'])
    expect(parsed.bcc).toBeUndefined()
    expect(parsed.subject).toBe('a Bcc: evil@example.net body')
  })

  test.each([
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'Name <a@b.example>',
    'a b@c.example',
    '@b.example',
    'a@',
    `${'a'.repeat(250)}@b.example`,
    'a@b@c.example',
    '"x"@b.example',
  ])('the address %j is refused', async endpoint => {
    const { send, server } = await start()
    expect(await send({}, { endpoint })).toMatchObject({ kind: 'failed', retryable: false })
    expect(server.mails).toEqual([])
  })

  test.each([
    ['long', '🔥'.repeat(20_000)],
    ['control and half characters', '\u0000\ud83d\u0007\u001b[31m'],
    ['one long line', 'x'.repeat(250_000)],
  ])('%s', async (_name, text) => {
    const { send, page, server } = await start()
    expect(await send({ publication: publication({ subject: text, message: text }) })).toMatchObject({ kind: 'delivered' })
    expect(await page(alarm({ name: text, description: text, reason: text, action: text, runbook: text }))).toMatchObject({
      kind: 'delivered',
    })
    for (const { source } of server.mails) {
      expect(Math.max(...source.split('\n').map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(998)
    }
  })
})

describe('what the mail server says', () => {
  test.each([
    [450, true],
    [451, true],
    [550, false],
    [552, false],
  ])('%i: worth a retry %s', async (code, retryable) => {
    const { send, server } = await start()
    server.refusal = { code, text: 'not here' }
    expect(await send({})).toEqual({ kind: 'failed', status: code, retryable, detail: `${code} not here`, retryAt: undefined })
  })

  test('wrong credentials can be put right: a retry, and no password in the text', async () => {
    const { send } = await start('from=alerts@example.org', 'tocsin:wrong-password@')
    const outcome = await send({})
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true, status: 535 })
    expect(outcome.detail).not.toContain('wrong-password')
  })

  test('credentials with odd characters work', async () => {
    const { send } = await start('from=alerts@example.org', 'tocsin:p%40ss%20word@')
    expect(await send({})).toMatchObject({ kind: 'delivered' })
  })

  test('nobody listens', async () => {
    const { send, server } = await start()
    server.close()
    expect(await send({})).toMatchObject({ kind: 'failed', retryable: true, status: undefined })
  })

  test('no server set: kept for later, and what to set', async () => {
    const { dispatch } = await rig({ mail: noMailer })
    const outcome = await dispatch.deliver(delivery({ subscription: target({ protocol: 'email', endpoint: 'ops@example.com' }) }))
    expect(outcome).toMatchObject({ kind: 'failed', retryable: true, detail: expect.stringContaining('TOCSIN_SMTP_URL') })
  })

  test.each(['http://mail.example.org', 'mail.example.org:25', 'smtp://', 'smtp://mail.example.org?from=nobody'])(
    '%s is refused at the start',
    url => {
      expect(() => new SmtpMailer(url, PUBLIC_URL, new ManualClock(START))).toThrow(RangeError)
    },
  )
})

test('a mail server that accepts and never speaks is cut', async () => {
  const { createServer } = await import('node:net')
  const accepted = Promise.withResolvers<void>()
  const silent = createServer(() => accepted.resolve())
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const clock = new ManualClock(START)
  const mailer = new SmtpMailer(
    `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}?from=a@example.org`,
    PUBLIC_URL,
    clock,
  )
  closers.push(
    () => mailer.close(),
    () => silent.close(),
  )
  const result = mailer.send({
    to: 'b@example.org',
    fromName: 'x',
    subject: 's',
    text: 't',
    html: undefined,
    id: 'i',
    follows: undefined,
    picture: undefined,
    unsubscribeUrl: undefined,
  })
  await accepted.promise
  await clock.advance(millis(30_000))
  expect(await result).toMatchObject({ kind: 'refused', permanent: false, text: 'the mail server did not answer in time' })
})

describe('a picture', () => {
  const drawn: Pictures = { linked: false, ofAlarm: async () => picture }

  test('comes inside the mail and is shown by its HTML', async () => {
    const { page, last } = await start(undefined, '', drawn)
    expect(await page(alarm())).toMatchObject({ kind: 'delivered' })
    const { parsed } = last()
    expect(parsed.attachments).toMatchObject([{ contentType: 'image/png', contentDisposition: 'inline', contentId: '<alarm-picture@tocsin>' }])
    expect(parsed.attachments[0]!.content).toEqual(picture.png)
    // The parser puts the picture where the HTML refers to it.
    expect(parsed.html).toMatch(/<img src="data:image\/png;base64,[^"]+" width="600" alt="Chart of &quot;CPU&quot; &amp; more"/)
    expect(parsed.text).not.toContain('cid:')
  })

  test('is for people, not for programs', async () => {
    const { send, last } = await start(undefined, '', drawn)
    await send({ publication: alarmPublication(alarm(), 'm-1') }, { protocol: 'email-json' })
    expect(last().parsed.attachments).toEqual([])
  })
})
