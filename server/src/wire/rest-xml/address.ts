/** What a path is about: the service itself, a bucket, or an object in it. Names are decoded, and not checked. */
export interface Address {
  readonly bucket: string | undefined
  readonly key: string | undefined
}

/** `bucket.s3.us-east-1.amazonaws.com`, `bucket.s3.localhost`; without a bucket in front it is the service. */
const SERVICE_HOST = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)?\.(?:localhost|amazonaws\.com)$/

/**
 * The bucket that the host names, `''` where the host is S3's and names none, undefined where it says nothing of S3. `own` are
 * names under which the server itself is reached: `<bucket>.<own>` names a bucket, too.
 */
export const bucketOfHost = (header: string | undefined, own: readonly string[]): string | undefined => {
  const host = (header ?? '').toLowerCase().replace(/:\d+$/, '')
  const known = SERVICE_HOST.exec(host)
  if (known !== null) return known[1] ?? ''
  const suffix = own.map(name => `.${name}`).find(name => host.endsWith(name) && !own.includes(host))
  return suffix === undefined ? undefined : host.slice(0, -suffix.length)
}

/** Undefined where the percent-encoding is broken or does not give UTF-8. */
export const addressOf = (path: string, hostBucket: string | undefined): Address | undefined => {
  const rest = path.startsWith('/') ? path.slice(1) : path
  const slash = rest.indexOf('/')
  const named = hostBucket !== undefined && hostBucket !== ''
  const bucket = named ? hostBucket : slash === -1 ? rest : rest.slice(0, slash)
  const key = named ? rest : slash === -1 ? '' : rest.slice(slash + 1)
  try {
    return { bucket: named ? bucket : orNothing(decodeURIComponent(bucket)), key: orNothing(decodeURIComponent(key)) }
  } catch {
    return undefined
  }
}

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text)
