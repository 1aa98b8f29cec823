import { Fault } from '../../wire/fault.ts'

/** Tokens begin as CloudWatch Logs' own do; behind that stands the base64 of `ID:SECRET`, an access key. */
const TOKEN = /^bearer +ACWL([A-Za-z0-9+/]{1,1024}={0,2})$/i

/** What a bearer token is made of, as Basic authorization says it; undefined: there is no token. Throws for what is none. */
export const keyOfToken = (authorization: string | undefined): string | undefined => {
  if (!/^bearer /i.test(authorization ?? '')) return undefined
  const key = TOKEN.exec(authorization!)?.[1]
  if (key === undefined || !Buffer.from(key, 'base64').includes(':')) throw new Fault('InvalidClientTokenId', 'The bearer token is not valid.', { status: 401 })
  return `Basic ${key}`
}
