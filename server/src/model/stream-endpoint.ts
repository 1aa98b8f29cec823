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
  // A password in the URL would be shown wherever the URL is.
  if (url === null || url.username !== '' || url.password !== '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  const fragment = url.hash.slice(1)
  url.hash = ''
  return { url: url.href, accessKey: fragment === '' ? undefined : fragment }
}

/** The receiver as everybody may see it: without its access key. */
export const shownReceiver = (firehoseArn: string): string => firehoseArn.replace(/#.+$/s, '#***')

/** What is written back as it was shown keeps its access key. */
export const keptReceiver = (given: string, existing: string | undefined): string =>
  existing !== undefined && given.endsWith('#***') && given === shownReceiver(existing) ? existing : given

/** Tags as everybody may see them. */
export const shownTag = (key: string, value: string): string => (key === ENDPOINT_TAG ? shownReceiver(value) : value)
