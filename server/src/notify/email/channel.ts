import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import type { Channel, DeliveryContext, Mail, MailResult, Picture } from '../channel.ts'
import { unsubscribeLink } from '../links.ts'
import { concealed } from '../secrets.ts'
import { envelope } from '../webhook/envelope.ts'
import { oneLine, truncate } from '../wording/text.ts'
import { bodyOf, subjectOf } from './render.ts'
import { FROM_NAME, MAX_ADDRESS } from './settings.ts'
import { threadOf } from './thread.ts'

/** Mail for people (`email`) and for programs that read mail (`email-json`). */
export const email: Channel = {
  name: 'email',
  retryClass: 'mail',
  claims: ({ protocol }) => protocol === 'email' || protocol === 'email-json',

  async deliver(delivery: Delivery, context: DeliveryContext): Promise<DeliveryOutcome> {
    if (!isAddress(delivery.subscription.endpoint)) return notAnAddress
    const result = await context.mail.send(await compose(delivery, context))
    return outcomeOf(result, delivery.token === undefined ? [] : [delivery.token])
  },
}

const compose = async (delivery: Delivery, context: DeliveryContext): Promise<Mail> => {
  const { subscription, type } = delivery
  const json = subscription.protocol === 'email-json'
  const picture = json ? undefined : await pictureOf(delivery, context)
  const body = json ? { text: await envelope(delivery, context), html: undefined } : bodyOf(delivery, context.publicUrl, picture)
  return {
    ...body,
    picture: picture?.png,
    to: subscription.endpoint,
    fromName: oneLine(subscription.topicDisplayName) || FROM_NAME,
    subject: subjectOf(delivery),
    ...threadOf(delivery),
    unsubscribeUrl: type === 'Notification' ? unsubscribeLink(context.publicUrl, subscription.arn) : undefined,
  }
}

const pictureOf = async ({ tenant, publication: { alarm } }: Delivery, { pictures }: DeliveryContext): Promise<Picture | undefined> =>
  alarm === undefined ? undefined : pictures.ofAlarm(tenant, alarm)

const outcomeOf = (result: MailResult, secrets: readonly string[]): DeliveryOutcome => {
  const detail = truncate(oneLine(concealed(result.text, secrets)), 300)
  return result.kind === 'accepted'
    ? { kind: 'delivered', status: result.status, detail }
    : { kind: 'failed', retryable: !result.permanent, status: result.status, detail, retryAt: undefined }
}

/** One plain mailbox: nothing that a header could be broken with, nor a second recipient. */
const isAddress = (text: string): boolean => text.length <= MAX_ADDRESS && ADDRESS.test(text)

// oxlint-disable-next-line no-control-regex -- control characters are what is kept out
const ADDRESS = /^[^\u0000-\u0020\u007f()<>[\]:;,@\\"]+@[^\u0000-\u0020\u007f()<>:;,@\\"]+$/

const notAnAddress: DeliveryOutcome =
  { kind: 'failed', retryable: false, status: undefined, detail: 'the endpoint is not a mail address', retryAt: undefined }
