/** The fields of an SNS message that its signature covers. */
export interface Signable {
  readonly Type: string
  readonly MessageId: string
  readonly TopicArn: string
  readonly Subject?: string | undefined
  readonly Message: string
  readonly Timestamp: string
  readonly SubscribeURL?: string | undefined
  readonly Token?: string | undefined
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html: names in byte order, absent ones left out. */
export const stringToSign = (message: Signable): string => {
  const fields = message.Type === 'Notification' ? NOTIFICATION : CONFIRMATION
  return fields.map(field => (message[field] === undefined ? '' : `${field}\n${message[field]}\n`)).join('')
}

const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const
const CONFIRMATION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const
