import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
}

/** A server without authentication takes any. */
const ANY: Credentials = { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: undefined }

/** The AWS variables, or else the root key that a server keeps in its data folder, where that is at hand. */
export const readCredentials = (environment: Readonly<Record<string, string | undefined>>, data: string): Credentials => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey, sessionToken }
  const text = readOptional(join(data, 'credentials'))
  const entry = (name: string): string | undefined => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1]
  const kept = { id: entry('aws_access_key_id'), secret: entry('aws_secret_access_key') }
  return kept.id === undefined || kept.secret === undefined ? ANY : { accessKeyId: kept.id, secretAccessKey: kept.secret, sessionToken: undefined }
}

const readOptional = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
