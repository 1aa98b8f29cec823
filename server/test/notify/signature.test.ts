import { createVerify, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, globalAgent, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import MessageValidator from 'sns-validator'
import { seededEntropy } from '../../src/base/entropy.ts'
import { ManualClock } from '../../src/base/manual-clock.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import { parseAllowList } from '../../src/egress/allow-list.ts'
import { Egress } from '../../src/egress/egress.ts'
import type { Delivery } from '../../src/model/notification.ts'
import { selfSignedCertificate } from '../../src/notify/signing/certificate.ts'
import { Signer } from '../../src/notify/signing/signer.ts'
import { envelope } from '../../src/notify/webhook/envelope.ts'
import { keyStore } from './rig.ts'
import { delivery, publication, target } from './samples.ts'

// The certificate's server has to be https, as AWS's is; its own certificate is made here.
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const tls = selfSignedCertificate(
  pair,
  'localhost',
  Uint8Array.from({ length: 16 }, (_, index) => index),
  epochMillis(Date.now()),
)
let server: Server
let signer: Signer
let base: string

beforeAll(async () => {
  server = createServer({ key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: tls }, (request, response) => {
    const pem = signer.certificateAt(request.url ?? '')
    response.writeHead(pem === undefined ? 404 : 200).end(pem)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `https://localhost:${(server.address() as AddressInfo).port}/`
  signer = await Signer.open(keyStore, base, new ManualClock(epochMillis(0)), seededEntropy(1))
  globalAgent.options.ca = tls
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})

const validate = (message: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    new MessageValidator(/^localhost:\d+$/).validate(message, (error, valid) => (error === null ? resolve(valid) : reject(error)))
  })
const signed = (changes: Partial<Delivery>) => envelope(delivery(changes), { signer, publicUrl: base })

describe.each(['1', '2'] as const)('signature version %s', version => {
  const subscription = target({ signatureVersion: version })

  test.each([
    ['a notification', { publication: publication() }],
    ['no subject', { publication: publication({ subject: undefined }) }],
    ['odd characters', { publication: publication({ message: 'ü "quoted" \\ \u0000 \u2028 \ud83d 🔥\r\n' }) }],
    ['per-protocol texts', { publication: publication({ structure: 'json' as const, message: '{"default":"d","http":"h"}' }) }],
  ])('sns-validator accepts %s', async (_name, changes) => {
    expect(await validate(await signed({ ...changes, subscription }))).toMatchObject({ SignatureVersion: version })
  })

  test('sns-validator accepts a subscription confirmation', async () => {
    expect(await validate(await signed({ type: 'SubscriptionConfirmation', token: 'abc', subscription }))).toMatchObject({ Token: 'abc' })
  })

  // sns-validator 0.3 leaves the token out of this one type, against AWS's page; so it is checked by hand.
  test("an unsubscribe confirmation verifies by AWS's description", async () => {
    const message = JSON.parse(await signed({ type: 'UnsubscribeConfirmation', token: 'abc', subscription })) as Record<string, string>
    const text = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
      .map(name => `${name}\n${message[name]}\n`)
      .join('')
    const verify = createVerify(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text)
    expect(verify.verify(signer.certificateAt(new URL(message.SigningCertURL!).pathname)!, message.Signature!, 'base64')).toBe(true)
  })

  test('a changed message is refused', async () => {
    const message = await signed({ subscription })
    await expect(validate(message.replace('My Test', 'Your Test'))).rejects.toThrow('signature is invalid')
  })
})

test('https deliveries trust no certificate that nobody vouches for', async () => {
  const options = {
    clock: new ManualClock(epochMillis(0)),
    allow: parseAllowList('localhost'),
    userAgent: 'x',
    resolve: () => Promise.resolve(['127.0.0.1']),
  }
  const request = { url: `${base}x`, method: 'GET', headers: {}, body: undefined, timeout: millis(5_000) } as const
  const suspicious = new Egress(options)
  expect(await suspicious.send(request)).toMatchObject({ kind: 'failure', reason: 'tls' })
  suspicious.close()
  const trusting = new Egress({ ...options, ca: tls })
  expect(await trusting.send(request)).toMatchObject({ kind: 'answer', status: 404 })
  expect(await trusting.send({ ...request, url: request.url.replace('localhost', '127.0.0.1') })).toMatchObject({ reason: 'refused' })
  trusting.close()
})
