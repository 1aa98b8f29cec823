import { channelOf } from '../../model/endpoint.ts'
import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import type { Channel, DeliveryContext, Picture } from '../channel.ts'
import { endpointSecrets } from '../secrets.ts'
import { verdict } from '../verdict.ts'
import { alarmMessage } from './alarm-message.ts'
import type { SlackMessage } from './blocks.ts'
import { TIMEOUT } from './limits.ts'
import { confirmationMessage, textMessage } from './text-message.ts'

/** Slack by incoming webhook: protocol `slack`, or an https endpoint at hooks.slack.com. */
export const slack: Channel = {
  name: 'slack',
  retryClass: 'page',
  claims: ({ protocol, endpoint }) => channelOf(protocol, endpoint) === 'slack',

  async deliver(delivery: Delivery, context: DeliveryContext): Promise<DeliveryOutcome> {
    const { endpoint } = delivery.subscription
    const picture = await pictureOf(delivery, context)
    const message = render(delivery, context.publicUrl, picture)
    let outcome = await post(endpoint, message, context)
    // Slack refuses a message whose picture it cannot load.
    if (picture !== undefined && isRefused(outcome)) outcome = await post(endpoint, render(delivery, context.publicUrl, undefined), context)
    // A refused layout must not cost the message: the plain text says the same.
    return isRefused(outcome) && message.blocks.length > 0 ? post(endpoint, { text: message.text }, context) : outcome
  },
}

const isRefused = (outcome: DeliveryOutcome): boolean => outcome.kind === 'failed' && outcome.status === 400

const pictureOf = async ({ tenant, publication: { alarm } }: Delivery, { pictures }: DeliveryContext): Promise<Picture | undefined> =>
  alarm === undefined || !pictures.linked ? undefined : pictures.ofAlarm(tenant, alarm)

const render = (delivery: Delivery, publicUrl: string, picture: Picture | undefined): SlackMessage => {
  if (delivery.type !== 'Notification') return confirmationMessage(delivery, publicUrl)
  const { publication } = delivery
  const message = publication.alarm === undefined ? textMessage(delivery) : alarmMessage(publication.alarm, publication, publicUrl, picture)
  // Slack answers `no_text` to an empty one.
  return message.text.trim() === '' ? { ...message, text: 'A message without readable text' } : message
}

const post = async (
  url: string, message: SlackMessage | { readonly text: string }, { http, clock }: DeliveryContext,
): Promise<DeliveryOutcome> => {
  const headers = { 'content-type': 'application/json; charset=utf-8' }
  const result = await http.send({ url, method: 'POST', headers, body: JSON.stringify(message), timeout: TIMEOUT })
  return verdict(result, clock.now(), endpointSecrets(url))
}
