import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { Delivery, Publication } from '../../model/notification.ts'
import type { MessageSigner } from '../channel.ts'
import { envelope } from './envelope.ts'

const signer: MessageSigner = {
  certificateUrl: 'https://t.example/SimpleNotificationService-1.pem',
  sign: (text, version) => Promise.resolve(`v${version}:${text.length}`),
}
const context = { signer, publicUrl: 'https://t.example/' }

const make = (type: Delivery['type'], changes: Partial<Publication> = {}): Delivery => ({
  id: 'd',
  tenant: { account: accountId('123456789012'), region: region('us-west-2') },
  type,
  publication: {
    tenant: { account: accountId('123456789012'), region: region('us-west-2') },
    topicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
    messageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    subject: 'My First Message',
    message: 'Hello "world"!\n',
    structure: undefined,
    attributes: {},
    publishedAt: epochMillis(Date.UTC(2012, 4, 2, 0, 54, 6, 655)),
    alarm: undefined,
    ...changes,
  },
  subscription: {
    arn: 'arn:aws:sns:us-west-2:123456789012:MyTopic:c9135db0-26c4-47ec-8998-413945fb5a96',
    topicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
    topicDisplayName: '',
    protocol: 'https',
    endpoint: 'https://example.org/',
    rawMessageDelivery: false,
    signatureVersion: '1',
    deliveryPolicy: undefined,
  },
  token: type === 'Notification' ? undefined : '2336412f37',
  attempts: 0,
})

describe('the envelope', () => {
  test('a notification, member by member as AWS writes it', async () => {
    expect(await envelope(make('Notification'), context)).toBe(`{
  "Type" : "Notification",
  "MessageId" : "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  "TopicArn" : "arn:aws:sns:us-west-2:123456789012:MyTopic",
  "Subject" : "My First Message",
  "Message" : "Hello \\"world\\"!\\n",
  "Timestamp" : "2012-05-02T00:54:06.655Z",
  "SignatureVersion" : "1",
  "Signature" : "v1:201",
  "SigningCertURL" : "https://t.example/SimpleNotificationService-1.pem",
  "UnsubscribeURL" : "https://t.example/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:us-west-2:123456789012:MyTopic:c9135db0-26c4-47ec-8998-413945fb5a96"
}`)
  })

  test('a subscription confirmation', async () => {
    const document = JSON.parse(await envelope(make('SubscriptionConfirmation'), context)) as Record<string, string>
    expect(Object.keys(document)).toEqual([
      'Type',
      'MessageId',
      'Token',
      'TopicArn',
      'Message',
      'SubscribeURL',
      'Timestamp',
      'SignatureVersion',
      'Signature',
      'SigningCertURL',
    ])
    expect(document.Message).toBe(
      'You have chosen to subscribe to the topic arn:aws:sns:us-west-2:123456789012:MyTopic.\nTo confirm the subscription, visit the SubscribeURL included in this message.',
    )
    expect(document.SubscribeURL).toBe(
      'https://t.example/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:us-west-2:123456789012:MyTopic&Token=2336412f37',
    )
  })

  test('an unsubscribe confirmation', async () => {
    const document = JSON.parse(await envelope(make('UnsubscribeConfirmation'), context)) as Record<string, string>
    expect(document.Type).toBe('UnsubscribeConfirmation')
    expect(document.Message).toBe(
      'You have chosen to deactivate subscription arn:aws:sns:us-west-2:123456789012:MyTopic:c9135db0-26c4-47ec-8998-413945fb5a96.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.',
    )
  })

  test('no subject, no member; attributes with their types, binary ones as base64', async () => {
    const attributes = {
      a: { type: 'String', text: 'x' },
      n: { type: 'Number', text: '1' },
      b: { type: 'Binary', binary: Uint8Array.of(1, 2, 3) },
    }
    const text = await envelope(make('Notification', { subject: undefined, attributes }), context)
    expect(text).toMatch(/,\n  "MessageAttributes" : \{\n    "a" : \{"Type":"String","Value":"x"\},\n(.+\n){2}  \}\n\}$/)
    const document = JSON.parse(text) as Record<string, unknown>
    expect(document).not.toHaveProperty('Subject')
    expect(document.MessageAttributes).toEqual({
      a: { Type: 'String', Value: 'x' },
      n: { Type: 'Number', Value: '1' },
      b: { Type: 'Binary', Value: 'AQID' },
    })
  })

  test("MessageStructure json: this protocol's text, no attributes", async () => {
    const attributes = { a: { type: 'String', text: 'x' } }
    const of = async (message: string) =>
      JSON.parse(await envelope(make('Notification', { message, structure: 'json', attributes }), context)) as Record<string, unknown>
    expect(await of('{"default":"d","https":"s","http":"p"}')).toMatchObject({ Message: 's' })
    expect(await of('{"default":"d","http":"p"}')).toMatchObject({ Message: 'd' })
    expect(await of('{"default":"d","https":5}')).toMatchObject({ Message: 'd' })
    expect(await of('{"default":"d"}')).not.toHaveProperty('MessageAttributes')
  })
})
