import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
  /** Where they are from, and where none were found before: for the caller whom the server refuses. */
  readonly source: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * In the order of the `aws` CLI: the keys in the environment, then a profile of the shared file where the environment names one
 * of the two, and then the root key that a server keeps in its data folder. A profile that nobody asked for is not looked at:
 * its keys are as good as always those of AWS itself.
 */
export const readCredentials = (environment: Environment, data: string): Credentials => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment
  if (isSet(accessKeyId) && isSet(secretAccessKey)) return { accessKeyId, secretAccessKey, sessionToken, source: 'AWS_ACCESS_KEY_ID' }
  const tried = ['AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set']
  for (const { file, profile } of [...sharedFile(environment), { file: join(data, 'credentials'), profile: undefined }]) {
    const where = profile === undefined ? file : `the profile ${JSON.stringify(profile)} of ${file}`
    const found = keysIn(file, profile)
    if (found !== undefined) return { ...found, source: [where, ...tried].join('; ') }
    tried.push(`no keys in ${where}`)
  }
  // A server without authentication takes any.
  return { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: undefined, source: `made-up keys; ${tried.join('; ')}` }
}

const isSet = (text: string | undefined): text is string => text !== undefined && text !== ''

interface Place {
  readonly file: string
  readonly profile: string | undefined
}

const sharedFile = (environment: Environment): readonly Place[] => {
  const { AWS_SHARED_CREDENTIALS_FILE: named, HOME: home, AWS_PROFILE, AWS_DEFAULT_PROFILE } = environment
  const profile = [AWS_PROFILE, AWS_DEFAULT_PROFILE].find(isSet)
  const file = isSet(named) ? named : home && join(home, '.aws', 'credentials')
  return isSet(file) && (isSet(named) || profile !== undefined) ? [{ file: file.replace(/^~(?=\/)/, home ?? '~'), profile: profile ?? 'default' }] : []
}

/** `profile` undefined: whichever section has keys. */
const keysIn = (file: string, profile: string | undefined): Omit<Credentials, 'source'> | undefined => {
  const keys = new Map<string, string>()
  let section: string | undefined
  for (const line of readOptional(file).split('\n')) {
    section = /^\s*\[\s*(.*?)\s*\]/.exec(line)?.[1] ?? section
    const [, name, value] = /^\s*(aws_\w+)\s*=\s*(\S+)/i.exec(line) ?? []
    if (name !== undefined && value !== undefined && (profile === undefined || section === profile)) keys.set(name.toLowerCase(), value)
  }
  const [id, secret] = [keys.get('aws_access_key_id'), keys.get('aws_secret_access_key')]
  return id === undefined || secret === undefined ? undefined : { accessKeyId: id, secretAccessKey: secret, sessionToken: keys.get('aws_session_token') }
}

const readOptional = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
