import { channelOf } from '../../model/endpoint.ts'
import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import type { Channel, DeliveryContext } from '../channel.ts'
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
    const message = render(delivery, context.publicUrl)
    const outcome = await post(endpoint, message, context)
    // A refused layout must not cost the message: the plain text says the same.
    const refused = outcome.kind === 'failed' && outcome.status === 400 && message.blocks.length > 0
    return refused ? post(endpoint, { text: message.text }, context) : outcome
  },
}

const render = (delivery: Delivery, publicUrl: string): SlackMessage => {
  if (delivery.type !== 'Notification') return confirmationMessage(delivery, publicUrl)
  const { publication } = delivery
  const message = publication.alarm === undefined ? textMessage(delivery) : alarmMessage(publication.alarm, publication, publicUrl)
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
