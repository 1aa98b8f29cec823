/** A bucket of somebody else's S3, and how to read it. */
export interface ExternalBucket {
  readonly origin: string
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  /** Empty: requests are not signed. */
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly logGroup: string | undefined
}

/** Addresses separated by blanks: `https://KEY:SECRET@host/bucket/prefix?region=eu-west-1&group=/web`. Throws an error that says what is wrong. */
export const parseExternalBuckets = (text: string): readonly ExternalBucket[] => text.split(/\s+/).filter(address => address !== '').map(bucketOf)

const bucketOf = (address: string): ExternalBucket => {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new Error('must be URLs that begin with https:// or http://')
  const [bucket = '', ...prefix] = decodeURIComponent(url.pathname).slice(1).split('/')
  if (bucket === '') throw new Error(`must name a bucket in the path, as https://${url.host}/bucket`)
  const unknown = [...url.searchParams.keys()].find(name => name !== 'region' && name !== 'group')
  if (unknown !== undefined) throw new Error(`must say nothing but region and group after the ?, not ${unknown}`)
  const logGroup = url.searchParams.get('group') ?? undefined
  if (logGroup !== undefined && !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroup)) throw new Error('must name log groups by letters, digits and . - _ / #')
  return {
    origin: url.origin,
    bucket,
    prefix: prefix.join('/'),
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    logGroup,
  }
}
