import { createHmac, hash } from 'node:crypto'
import type { Credential } from './credential.ts'

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Good for one secret on one day, in one region, for one service. */
export const deriveSigningKey = (secret: string, { date, region, service }: Credential): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request')

export const stringToSign = (timestamp: string, { date, region, service }: Credential, canonical: string): string =>
  `AWS4-HMAC-SHA256\n${timestamp}\n${date}/${region}/${service}/aws4_request\n${sha256(canonical)}`

/** The signature's 32 bytes. */
export const sign = (signingKey: Buffer, text: string): Buffer => hmac(signingKey, text)
