/** Shorter pieces are words, not secrets; hiding them would spoil every text. */
const SHORTEST = 6

/**
 * What must not be told of an endpoint: paths, query values and credentials of URLs are keys as often as not (Slack's and
 * PagerDuty's always).
 */
export const endpointSecrets = (endpoint: string): readonly string[] => {
  const url = URL.parse(endpoint)
  if (url === null) return [endpoint]
  const userinfo = /^[a-z]+:\/\/([^/?#]*)@/i.exec(endpoint)?.[1]?.split(':') ?? []
  const parts = [
    url.username, url.password, ...userinfo, ...url.pathname.split('/'), url.search.slice(1), url.hash.slice(1),
    ...url.searchParams.values(),
  ]
  return [endpoint, url.href, url.pathname, ...parts.flatMap(part => [part, decoded(part)])]
}

/** The text with every secret replaced by `…`. */
export const concealed = (text: string, secrets: readonly string[]): string => {
  if (text.length < SHORTEST) return text
  const worth = [...new Set(secrets.flatMap(spellings))].filter(secret => secret.length >= SHORTEST).sort((a, b) => b.length - a.length)
  return worth.reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}

/** As it stands, in JSON with and without escaped slashes, and inside another URL. */
const spellings = (secret: string): readonly string[] =>
  [secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll('/', '\\/'), encodeURIComponent(secret.toWellFormed())]

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}
