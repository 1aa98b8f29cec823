/** A URL taken apart into what a connection needs. */
export interface Target {
  readonly secure: boolean
  /** Lower case, no brackets, no trailing dot; what the allow list, SNI and the Host header see. */
  readonly host: string
  readonly port: number
  /** Path and query. */
  readonly path: string
  /** Value of the Authorization header that the URL's credentials ask for. */
  readonly authorization: string | undefined
  readonly url: URL
}

/** Undefined for anything but a well-formed http or https URL. */
export const parseTarget = (text: string, base?: URL): Target | undefined => {
  const url = URL.parse(text, base)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return undefined
  const secure = url.protocol === 'https:'
  const user = decoded(url.username)
  const password = decoded(url.password)
  if (user === undefined || password === undefined) return undefined
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, ''),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    authorization: user === '' && password === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    url,
  }
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
