import { AwsError, errorFromJson } from './aws-error.ts'
import type { Session } from './connection.ts'

const PATH = './api/session'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/**
 * The session of this browser, or undefined when nobody is signed in. The server says so with 204, not with an error
 * status: browsers write every one of those to the console. Throws {@link AwsError}.
 */
export const currentSession = async (): Promise<Session | undefined> => {
  const response = await asked(fetch(PATH))
  if (response.status === 204 || response.status === 401) return undefined
  return sessionOf(response)
}

/** Trades an access key for a session cookie. Throws {@link AwsError}, with the server's words where it refuses the key. */
export const signIn = async (keys: Keys): Promise<Session> => {
  const headers = { 'content-type': 'application/json' }
  return sessionOf(await asked(fetch(PATH, { method: 'POST', headers, body: JSON.stringify(keys) })))
}

export const signOut = async (session: Session): Promise<void> => {
  await asked(fetch(PATH, { method: 'DELETE', headers: { 'x-tocsin-csrf': session.csrfToken } }))
}

const asked = (answer: Promise<Response>): Promise<Response> =>
  answer.catch(() => {
    throw new AwsError('Unreachable', 'The server does not answer. Is Tocsin running, and is the network up?', 0)
  })

const sessionOf = async (response: Response): Promise<Session> => {
  const body = await response.text()
  if (!response.ok) throw errorFromJson(body, response.status, response.statusText)
  return JSON.parse(body) as Session
}
