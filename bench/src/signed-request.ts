import { createHash, createHmac } from 'node:crypto'
import type { Credentials } from './server-under-test.ts'

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The headers of a POST, with a SigV4 signature over its body as the SDKs make it; good for fifteen minutes. */
export const signedHeaders = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
  { accessKeyId, secretAccessKey }: Credentials,
  service = 'monitoring',
): Record<string, string> => {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const scope = `${day}/us-east-1/${service}/aws4_request`
  const payload = sha256(body)
  const signed: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': time, 'x-amz-content-sha256': payload }
  const names = Object.keys(signed).sort()
  const canonical = ['POST', url.pathname, '', ...names.map(name => `${name}:${signed[name]}`), '', names.join(';'), payload].join('\n')
  const key = ['us-east-1', service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secretAccessKey}`, day))
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`).toString('hex')
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}
