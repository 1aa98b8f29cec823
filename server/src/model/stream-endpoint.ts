/** Where a metric stream's data goes, and what its receiver wants to be shown. */
export interface StreamEndpoint {
  readonly url: string
  /** What a delivery stream shows as `X-Amz-Firehose-Access-Key`. */
  readonly accessKey: string | undefined
}

/** The tag that names the receiver of a stream whose `FirehoseArn` is an ARN, as existing definitions have it. */
const ENDPOINT_TAG = 'Endpoint'

/**
 * The receiver that a stream names: its `FirehoseArn` is a URL, or one stands in its tag. A fragment is the access key, since
 * no server ever sees a URL's fragment. Undefined when there is none.
 */
export const streamEndpoint = (firehoseArn: string, tags: Readonly<Record<string, string>>): StreamEndpoint | undefined => {
  const url = URL.parse(firehoseArn.startsWith('arn:') ? (tags[ENDPOINT_TAG] ?? '') : firehoseArn)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  const fragment = url.hash.slice(1)
  url.hash = ''
  return { url: url.href, accessKey: fragment === '' ? undefined : fragment }
}
