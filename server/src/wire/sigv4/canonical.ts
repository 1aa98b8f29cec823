import type { WireRequest } from '../protocol.ts'

/**
 * The one spelling of a request that both sides sign.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const canonicalRequest = (request: WireRequest, signedHeaders: readonly string[], payloadHash: string, path = canonicalPath): string => {
  const headers = signedHeaders.map(name => `${name}:${canonicalValue(request.headers[name] ?? '')}\n`).join('')
  return `${request.method}\n${path(request.path)}\n${canonicalQuery(request.query)}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`
}

const canonicalValue = (value: string): string => (/^\s|\s$|\s\s|[\t\r\n]/.test(value) ? value.replaceAll(/\s+/g, ' ').trim() : value)

/** Empty and dot segments are resolved; the path as sent is encoded once more, as every service but S3 wants it. */
const canonicalPath = (path: string): string => {
  if (path === '' || path === '/') return '/'
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(segment))
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`
}

/** As S3 wants it: nothing is resolved, since a key may hold anything, and the path is encoded once. */
export const objectPath = (path: string): string => (path === '' ? '/' : path.split('/').map(recode).join('/'))

/** Sorted by encoded name, then by value; the signature itself is left out. */
const canonicalQuery = (query: string): string => {
  if (query === '') return ''
  const pairs: (readonly [name: string, value: string])[] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = recode(equals === -1 ? part : part.slice(0, equals))
    if (name !== 'X-Amz-Signature') pairs.push([name, equals === -1 ? '' : recode(part.slice(equals + 1))])
  }
  pairs.sort(([leftName, leftValue], [rightName, rightValue]) => compare(leftName, rightName) || compare(leftValue, rightValue))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

const compare = (left: string, right: string): number => (left < right ? -1 : Number(left > right))

const UNRESERVED = /^[A-Za-z0-9_.~-]*$/

/** Clients differ in what they leave unencoded, so what was sent is decoded and encoded the strict way. */
const recode = (text: string): string => {
  if (UNRESERVED.test(text)) return text
  try {
    return encode(decodeURIComponent(text))
  } catch {
    return encode(text)
  }
}

const encode = (text: string): string =>
  UNRESERVED.test(text)
    ? text
    : encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
