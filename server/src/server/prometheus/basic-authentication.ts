import { isRegion, type Region } from '../../base/tenancy.ts'
import { Fault } from '../../wire/fault.ts'
import { sameText } from '../access/console-sessions.ts'
import type { Principals } from '../access/principals.ts'
import { REGION_HEADER, type Authentication, type Caller } from '../aws/authenticate.ts'

interface Parts {
  readonly authentication: Authentication
  readonly principals: Principals
  readonly region: Region
}

/**
 * Besides signatures and sessions, HTTP Basic with an access key id and its secret: what dashboards of others can send. Keys that
 * come with a session token have to sign.
 */
export const basicAuthentication = ({ authentication, principals, region }: Parts): Authentication => ({
  async caller(request, received, signingNames): Promise<Caller> {
    const [id, secret] = basicOf(request.headers['authorization']) ?? []
    if (id === undefined || secret === undefined) return authentication.caller(request, received, signingNames)
    const credential = await principals.find(id)
    // Compared also for unknown keys, so that the time taken tells nothing.
    const fits = sameText(secret, credential?.key.secret ?? '')
    if (credential === undefined || !fits || credential.key.temporary !== undefined) {
      throw new Fault('InvalidClientTokenId', 'The access key id or the secret access key is wrong.', { shape: 'InvalidClientTokenId', status: 401 })
    }
    const asked = request.headers[REGION_HEADER]
    const { principal } = credential
    return { principal, tenant: { account: principal.account, region: asked !== undefined && isRegion(asked) ? asked : region } }
  },
})

const basicOf = (header: string | undefined): readonly [id: string, secret: string] | undefined => {
  const encoded = /^basic ([A-Za-z0-9+/=]{1,1024})$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 ? undefined : [text.slice(0, colon), text.slice(colon + 1)]
}
