/** Hosts whose https endpoints are known for what they are and get their native format. */
const SLACK_HOSTS: ReadonlySet<string> = new Set(['hooks.slack.com', 'hooks.slack-gov.com'])
const PAGERDUTY_HOSTS: ReadonlySet<string> = new Set(['events.pagerduty.com', 'events.eu.pagerduty.com'])

export type Channel = 'http' | 'email' | 'email-json' | 'slack' | 'pagerduty'

/** Which channel serves an endpoint; undefined for protocols that nothing delivers to. */
export const channelOf = (protocol: string, endpoint: string): Channel | undefined => {
  switch (protocol) {
    case 'http':
    case 'https': {
      const host = URL.parse(endpoint)?.hostname ?? ''
      if (protocol === 'https' && SLACK_HOSTS.has(host)) return 'slack'
      if (protocol === 'https' && PAGERDUTY_HOSTS.has(host)) return 'pagerduty'
      return 'http'
    }
    case 'email':
    case 'email-json':
    case 'slack':
    case 'pagerduty':
      return protocol
    default:
      return undefined
  }
}

/** The queue a delivery waits in: whatever is likely to be slow or down together. Holds no secret. */
export const destinationOf = (protocol: string, endpoint: string): string => {
  if (protocol === 'email' || protocol === 'email-json') return `email ${endpoint.toLowerCase()}`
  const url = URL.parse(endpoint)
  const channel = channelOf(protocol, endpoint) ?? protocol
  return url === null || url.origin === 'null' ? channel : `${channel} ${url.origin}`
}

/**
 * The endpoint for people's eyes. Whoever knows a webhook's path or a routing key can post with it, so only the origin
 * and the last four characters are shown; addresses are shown whole.
 */
export const displayEndpoint = (protocol: string, endpoint: string): string => {
  if (protocol === 'email' || protocol === 'email-json') return endpoint
  // An ARN opens nothing.
  if (endpoint.startsWith('arn:')) return endpoint
  const url = URL.parse(endpoint)
  if (url === null || url.origin === 'null') return `…${endpoint.slice(-4)}`
  const rest = `${url.pathname}${url.search}`
  return rest.length <= 8 && url.search === '' ? `${url.origin}${rest}` : `${url.origin}/…${rest.slice(-4)}`
}
