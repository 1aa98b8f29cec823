import { millis } from '../../base/time.ts'
import type { Delivery, DeliveryOutcome } from '../../model/notification.ts'
import type { Channel, DeliveryContext } from '../channel.ts'
import { endpointSecrets } from '../secrets.ts'
import { verdict } from '../verdict.ts'

/** As long as SNS waits for its webhooks. */
const TIMEOUT = millis(15_000)

/** What subscription filters of log groups send to places that are no topics: the message is the body as it is. */
export const logSubscription: Channel = {
  name: 'log-subscription',
  retryClass: 'page',
  claims: ({ protocol }) => protocol === 'logs',

  async deliver({ publication, subscription: { endpoint } }: Delivery, { http, clock }: DeliveryContext): Promise<DeliveryOutcome> {
    if (endpoint.startsWith('arn:')) return nobodyThere(endpoint)
    const headers = { 'content-type': 'application/json', 'user-agent': 'Tocsin' }
    const result = await http.send({ url: endpoint, method: 'POST', headers, body: publication.message, timeout: TIMEOUT })
    return verdict(result, clock.now(), endpointSecrets(endpoint))
  },
}

const nobodyThere = (arn: string): DeliveryOutcome => ({
  kind: 'failed',
  retryable: false,
  status: undefined,
  detail: `nothing runs here that could take log events for ${arn}: send them to a topic or to an https address instead`,
  retryAt: undefined,
})
