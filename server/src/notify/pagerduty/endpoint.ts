import { DEFAULT_URL, ROUTING_KEY } from './limits.ts'

export interface PagerDutyEndpoint {
  /** Of Events API v2, without the key. */
  readonly url: string
  readonly routingKey: string
}

/**
 * Reads how people name an integration: the bare key; `…/integration/<key>/enqueue` (what PagerDuty gives for CloudWatch;
 * any path with the key as a segment); `…/v2/enqueue?routing_key=<key>` (also `x-routing-key`); or the key as the URL's user.
 */
export const parseEndpoint = (endpoint: string): PagerDutyEndpoint | undefined => {
  if (ROUTING_KEY.test(endpoint)) return { url: DEFAULT_URL, routingKey: endpoint }
  const url = URL.parse(endpoint)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  const inPath = url.pathname.split('/').find(segment => ROUTING_KEY.test(segment))
  const routingKey = url.searchParams.get('routing_key') ?? url.searchParams.get('x-routing-key') ?? inPath ?? url.username
  if (!ROUTING_KEY.test(routingKey)) return undefined
  const path = inPath !== undefined || url.pathname === '/' ? '/v2/enqueue' : url.pathname
  return { url: `${url.origin}${path}`, routingKey }
}
