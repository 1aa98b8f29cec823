/** A bucket of somebody else's S3, and who asks for it. */
export interface BucketAddress {
  readonly origin: string
  readonly bucket: string
  readonly prefix: string
  readonly region: string
  /** Empty: requests are not signed. */
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface ParsedBucketAddress {
  readonly address: BucketAddress
  /** What else is said after the ?. */
  readonly more: URLSearchParams
}

/** `https://KEY:SECRET@host/bucket/prefix?region=eu-west-1`. `also`: what else may be said after the ?. Throws an error that says what is wrong. */
export const parseBucketAddress = (text: string, also: string): ParsedBucketAddress => {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw new Error('must be URLs that begin with https:// or http://')
  const [bucket = '', ...prefix] = decodeURIComponent(url.pathname).slice(1).split('/')
  if (bucket === '') throw new Error(`must name a bucket in the path, as https://${url.host}/bucket`)
  const unknown = [...url.searchParams.keys()].find(name => name !== 'region' && name !== also)
  if (unknown !== undefined) throw new Error(`must say nothing but region and ${also} after the ?, not ${unknown}`)
  return {
    address: {
      origin: url.origin,
      bucket,
      prefix: prefix.join('/'),
      region: url.searchParams.get('region') ?? 'us-east-1',
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    },
    more: url.searchParams,
  }
}
