import { channelOf } from '../../model/endpoint.ts'
import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import type { Channel, DeliveryContext, Picture } from '../channel.ts'
import { endpointSecrets } from '../secrets.ts'
import { verdict } from '../verdict.ts'
import { parseEndpoint, type PagerDutyEndpoint } from './endpoint.ts'
import { alarmEvent, messageEvent, type PagerDutyEvent } from './event.ts'
import { MAX_EVENT_BYTES, TIMEOUT } from './limits.ts'

/** PagerDuty's Events API v2: protocol `pagerduty`, or an https endpoint at events.pagerduty.com. */
export const pagerduty: Channel = {
  name: 'pagerduty',
  retryClass: 'page',
  claims: ({ protocol, endpoint }) => channelOf(protocol, endpoint) === 'pagerduty',

  async deliver(delivery: Delivery, context: DeliveryContext): Promise<DeliveryOutcome> {
    const endpoint = parseEndpoint(delivery.subscription.endpoint)
    if (endpoint === undefined) return unreadable
    const { publication } = delivery
    if (delivery.type !== 'Notification') return nothingSent('PagerDuty has nobody who could confirm')
    const event = publication.alarm === undefined
      ? messageEvent(endpoint.routingKey, publication)
      : alarmEvent(endpoint.routingKey, publication.alarm, publication, context.publicUrl, await pictureOf(delivery, context))
    if (event === undefined) return nothingSent('missing data neither opens nor resolves an incident')
    const outcome = await enqueue(delivery, endpoint, event, context)
    if (outcome.kind === 'delivered') return outcome
    if (outcome.status === 413) return enqueue(delivery, endpoint, withoutDetails(event), context)
    // Rate limits of the older API arrive as 403: worth one more try, no more.
    return outcome.status === 403 && delivery.attempts === 0 ? { ...outcome, retryable: true } : outcome
  },
}

/** Only incidents that are opened show one. */
const pictureOf = async ({ tenant, publication: { alarm } }: Delivery, { pictures }: DeliveryContext): Promise<Picture | undefined> =>
  alarm?.state === 'ALARM' && pictures.linked ? pictures.ofAlarm(tenant, alarm) : undefined

const enqueue = async (
  delivery: Delivery, { url, routingKey }: PagerDutyEndpoint, event: PagerDutyEvent, { http, clock }: DeliveryContext,
): Promise<DeliveryOutcome> => {
  const full = JSON.stringify(event)
  const body = Buffer.byteLength(full) <= MAX_EVENT_BYTES ? full : JSON.stringify(withoutDetails(event))
  const result = await http.send({ url, method: 'POST', headers: { 'content-type': 'application/json' }, body, timeout: TIMEOUT })
  return verdict(result, clock.now(), [...endpointSecrets(delivery.subscription.endpoint), routingKey])
}

const withoutDetails = (event: PagerDutyEvent): PagerDutyEvent => {
  if (event.payload === undefined) return event
  const custom_details = { note: 'The details were too large for PagerDuty; the alarm page has them.' }
  return { ...event, payload: { ...event.payload, custom_details } }
}

const nothingSent = (why: string): DeliveryOutcome => ({ kind: 'delivered', status: undefined, detail: `nothing sent: ${why}` })

const unreadable: DeliveryOutcome = {
  kind: 'failed',
  retryable: false,
  status: undefined,
  detail: 'the endpoint is neither a 32-character integration key nor a PagerDuty address that holds one',
  retryAt: undefined,
}
