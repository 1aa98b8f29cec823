import { createHash, createVerify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis } from '../../base/time.ts'
import { Signer, type SigningKeyStore } from './signer.ts'
import { stringToSign } from './string-to-sign.ts'

const NOW = epochMillis(Date.UTC(2026, 5, 1))
const clock = new ManualClock(NOW)

const memory = (): SigningKeyStore & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>()
  return { kept, get: name => Promise.resolve(kept.get(name)), set: (name, value) => Promise.resolve(void kept.set(name, value)) }
}

const store = memory()
let signer: Signer
beforeAll(async () => {
  signer = await Signer.open(store, 'https://tocsin.example.org/base', clock, seededEntropy(1))
})

const path = (): string => new URL(signer.certificateUrl).pathname

describe("the installation's key", () => {
  test('is made once and kept', async () => {
    const again = await Signer.open(store, 'https://tocsin.example.org/base/', clock, seededEntropy(2))
    expect(again.certificateUrl).toBe(signer.certificateUrl)
    expect(again.certificateAt(path())).toBe(signer.certificateAt(path()))
    expect(store.kept.size).toBe(1)
  })

  test('has a certificate that OpenSSL reads, signed by itself', () => {
    const certificate = new X509Certificate(signer.certificateAt(path())!)
    expect(certificate.subject).toBe('CN=Tocsin notification signing')
    expect(certificate.issuer).toBe(certificate.subject)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.ca).toBe(false)
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65537n })
    expect(Date.parse(certificate.validFrom)).toBe(NOW - 24 * 60 * 60 * 1000)
    expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2056)
    expect(certificate.serialNumber).toHaveLength(34)
  })

  test("is served under AWS's kind of name, and nowhere else", () => {
    expect(signer.certificateUrl).toMatch(/^https:\/\/tocsin\.example\.org\/base\/SimpleNotificationService-[0-9a-f]{32}\.pem$/)
    const digest = createHash('sha256')
      .update(new X509Certificate(signer.certificateAt(path())!).raw)
      .digest('hex')
    expect(path()).toContain(digest.slice(0, 32))
    expect(signer.certificateAt('/SimpleNotificationService-0.pem')).toBeUndefined()
    expect(signer.certificateAt('/')).toBeUndefined()
  })

  test('never shows its private half', () => {
    expect(signer.certificateAt(path())).not.toContain('PRIVATE')
    expect(JSON.stringify(signer)).not.toContain('PRIVATE')
  })
})

test.each([
  ['1', 'RSA-SHA1'],
  ['2', 'RSA-SHA256'],
] as const)('version %s is %s', async (version, algorithm) => {
  const signature = await signer.sign('text with ümläuts', version)
  const verify = createVerify(algorithm).update('text with ümläuts')
  expect(verify.verify(signer.certificateAt(path())!, signature, 'base64')).toBe(true)
})

describe('the text that is signed', () => {
  test("AWS's documented example", () => {
    expect(
      stringToSign({
        Type: 'Notification',
        MessageId: '4d4dc071-ddbf-465d-bba8-08f81c89da64',
        TopicArn: 'arn:aws:sns:us-east-2:123456789012:s4-MySNSTopic-1G1WEFCOXTC0P',
        Subject: 'My subject',
        Message: 'My Test Message',
        Timestamp: '2019-01-31T04:37:04.321Z',
      }),
    ).toBe(
      'Message\nMy Test Message\nMessageId\n4d4dc071-ddbf-465d-bba8-08f81c89da64\nSubject\nMy subject\n' +
        'Timestamp\n2019-01-31T04:37:04.321Z\nTopicArn\narn:aws:sns:us-east-2:123456789012:s4-MySNSTopic-1G1WEFCOXTC0P\nType\nNotification\n',
    )
  })

  test('no subject, no line for it; confirmations sign their link and token', () => {
    const message = { MessageId: 'i', TopicArn: 't', Message: 'm', Timestamp: 's', Subject: undefined, SubscribeURL: 'u', Token: 'k' }
    expect(stringToSign({ ...message, Type: 'Notification' })).toBe(
      'Message\nm\nMessageId\ni\nTimestamp\ns\nTopicArn\nt\nType\nNotification\n',
    )
    expect(stringToSign({ ...message, Type: 'UnsubscribeConfirmation' })).toBe(
      'Message\nm\nMessageId\ni\nSubscribeURL\nu\nTimestamp\ns\nToken\nk\nTopicArn\nt\nType\nUnsubscribeConfirmation\n',
    )
  })
})
