import { formValue } from '../aws-query/form.ts'
import type { WireRequest } from '../protocol.ts'

export const ALGORITHM = 'AWS4-HMAC-SHA256'

/** `<access key id>/<yyyymmdd>/<region>/<service>/aws4_request` */
export interface Credential {
  readonly accessKeyId: string
  readonly date: string
  readonly region: string
  readonly service: string
}

/** Undefined when the text is no credential scope. The access key id may hold slashes itself, the scope may not. */
export const parseCredential = (text: string): Credential | undefined => {
  const parts = text.split('/')
  const [terminal, service, region, date, ...id] = parts.toReversed()
  if (terminal !== 'aws4_request' || service === undefined || region === undefined || date === undefined) return undefined
  const accessKeyId = id.toReversed().join('/')
  return accessKeyId === '' ? undefined : { accessKeyId, date, region, service }
}

/** What the request claims to be signed for, not verified: enough to tell which service is meant. */
export const claimedCredential = ({ headers, query }: WireRequest): Credential | undefined => {
  const header = headers['authorization']
  const inHeader = header?.startsWith(ALGORITHM) === true ? /Credential=([^,\s]+)/.exec(header)?.[1] : undefined
  const claimed = inHeader ?? (query.includes('X-Amz-Credential=') ? formValue(query, 'X-Amz-Credential') : undefined)
  return claimed === undefined ? undefined : parseCredential(claimed)
}
