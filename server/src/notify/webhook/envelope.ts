import { isoTime } from '../../base/time.ts'
import type { Delivery, MessageAttribute } from '../../model/notification.ts'
import type { DeliveryContext } from '../channel.ts'
import { messageFor } from '../content.ts'
import { confirmLink, unsubscribeLink } from '../links.ts'
import { stringToSign } from '../signing/string-to-sign.ts'

/** The JSON document that SNS posts, signed; fields in AWS's order and layout. */
export const envelope = async (delivery: Delivery, context: Pick<DeliveryContext, 'signer' | 'publicUrl'>): Promise<string> => {
  const { signer, publicUrl } = context
  const { publication, subscription, type } = delivery
  const notification = type === 'Notification'
  const link = notification ? undefined : confirmLink(publicUrl, subscription.topicArn, delivery.token ?? '')
  const head = {
    Type: type,
    MessageId: publication.messageId,
    Token: notification ? undefined : delivery.token ?? '',
    TopicArn: subscription.topicArn,
    Subject: notification ? publication.subject : undefined,
    Message: (notification ? messageFor(publication, subscription.protocol) : confirmationText(delivery)).toWellFormed(),
    SubscribeURL: link,
    Timestamp: isoTime(publication.publishedAt),
    SignatureVersion: subscription.signatureVersion,
  }
  return layOut({
    ...head,
    Signature: await signer.sign(stringToSign(head), subscription.signatureVersion),
    SigningCertURL: signer.certificateUrl,
    UnsubscribeURL: notification ? unsubscribeLink(publicUrl, subscription.arn) : undefined,
    MessageAttributes: notification ? attributes(delivery) : undefined,
  })
}

const confirmationText = ({ type, subscription }: Delivery): string =>
  type === 'UnsubscribeConfirmation'
    ? `You have chosen to deactivate subscription ${subscription.arn}.\n` +
      'To cancel this operation and restore the subscription, visit the SubscribeURL included in this message.'
    : `You have chosen to subscribe to the topic ${subscription.topicArn}.\n` +
      'To confirm the subscription, visit the SubscribeURL included in this message.'

type Attributes = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>

/** AWS delivers no attributes with `MessageStructure: json`. */
const attributes = ({ publication }: Delivery): Attributes | undefined => {
  const entries = Object.entries(publication.attributes)
  if (entries.length === 0 || publication.structure === 'json') return undefined
  return Object.fromEntries(entries.map(([name, attribute]) => [name, { Type: attribute.type, Value: attributeText(attribute) }]))
}

const attributeText = (attribute: MessageAttribute): string =>
  attribute.binary === undefined ? attribute.text : Buffer.from(attribute.binary).toString('base64')

/** One member a line with ` : `, and one attribute a line, as AWS writes it. */
const layOut = (fields: Readonly<Record<string, string | Attributes | undefined>>): string => {
  const members = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (typeof value === 'string') return [`  ${JSON.stringify(name)} : ${JSON.stringify(value)}`]
    const lines = Object.entries(value).map(([key, attribute]) => `    ${JSON.stringify(key)} : ${JSON.stringify(attribute)}`)
    return [`  ${JSON.stringify(name)} : {\n${lines.join(',\n')}\n  }`]
  })
  return `{\n${members.join(',\n')}\n}`
}
