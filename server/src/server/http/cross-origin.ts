import type { IncomingHttpHeaders } from 'node:http'

/** Which web pages may call the AWS doors from a browser. */
export interface CrossOrigin {
  /** Headers to add to an answer; empty where the request did not come from another origin. */
  headers(request: IncomingHttpHeaders): Readonly<Record<string, string>>
  /** True for a page that must not get through at all. */
  refuses(request: IncomingHttpHeaders): boolean
}

const METHODS = 'GET, POST, PUT, PATCH, DELETE, OPTIONS'
const EXPOSED = 'x-amzn-requestid, x-amzn-errortype, x-amzn-query-error, x-amzn-errormessage, x-amz-request-id, etag, date'

/**
 * With signatures checked, any page may try: it needs a key, and cookies never travel across origins. Without them
 * (`--auth off`) only pages of this machine may, for else every web site that a developer visits could write here.
 */
export const crossOrigin = (signaturesChecked: boolean): CrossOrigin => ({
  headers(request) {
    const { origin } = request
    if (origin === undefined) return {}
    return {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': request['access-control-request-headers'] ?? '*',
      'access-control-expose-headers': EXPOSED,
      'access-control-max-age': '600',
      vary: 'Origin',
    }
  },
  refuses: request => !signaturesChecked && (comesFromElsewhere(request) || isRebound(request)),
})

const comesFromElsewhere = ({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean =>
  origin === undefined ? site === 'cross-site' : !isLocal(origin)

/** A browser that was led here by a name of somebody else's: to it, this server is then the page's own. SDKs may use any name. */
const isRebound = (request: IncomingHttpHeaders): boolean =>
  isBrowser(request) && request.host !== undefined && !isLocal(`http://${request.host}`)

/** Scripts may call the browser something else (Firefox, Safari), and what language they like, but not leave the language out. */
const isBrowser = ({ 'user-agent': agent, 'accept-language': language }: IncomingHttpHeaders): boolean =>
  language !== undefined || agent?.startsWith('Mozilla/') === true

const isLocal = (origin: string): boolean => {
  const host = URL.parse(origin)?.hostname
  return host !== undefined && (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host))
}
