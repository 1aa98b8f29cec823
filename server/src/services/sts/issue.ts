import type { Credentials } from '@aws-sdk/client-sts'
import { epochMillis } from '../../base/time.ts'
import type { AccessKey } from '../../model/access.ts'
import { Fault } from '../../wire/fault.ts'
import { integer } from '../constraints.ts'
import { newKeyId, newSecret } from '../iam/credentials.ts'
import type { Call } from '../operation.ts'
import type { StsParts } from './parts.ts'

/** Seconds. */
export const durationSeconds = integer({ min: 900, max: 129_600 })
const DEFAULT_DURATION = 43_200
/** Sessions of the root last an hour at most, however long was asked for. */
const ROOT_DURATION = 3_600

interface Session {
  readonly name: string
  /** JSON text of the session policy; undefined: all that the issuer may do. */
  readonly policy: string | undefined
  readonly duration: number | undefined
}

/** Issues temporary keys to the caller. Only long-term keys can: a session must not prolong itself. */
export const issue = async (parts: StsParts, { principal, now }: Call, operation: string, session: Session): Promise<Credentials> => {
  const { keys, entropy } = parts
  if (principal.kind !== 'root' && principal.kind !== 'user') {
    throw new Fault('AccessDenied', `Cannot call ${operation} with session credentials`, { status: 403, shape: 'AccessDeniedException' })
  }
  const asked = session.duration ?? DEFAULT_DURATION
  const seconds = principal.kind === 'root' ? Math.min(asked, ROOT_DURATION) : asked
  // At a whole second, as AWS's do: Fluent Bit reads no fraction of one.
  const expiresAt = epochMillis((Math.floor(now / 1000) + seconds) * 1000)
  const sessionToken = Buffer.from(entropy.bytes(192)).toString('base64')
  const key: AccessKey = {
    account: principal.account,
    id: newKeyId(entropy, 'ASIA'),
    secret: newSecret(entropy),
    status: 'Active',
    userName: principal.kind === 'user' ? principal.userName : undefined,
    createdAt: now,
    temporary: { sessionToken, expiresAt, name: session.name, issuerKeyId: principal.accessKeyId, policy: session.policy },
  }
  await keys.putKey(key)
  return { AccessKeyId: key.id, SecretAccessKey: key.secret, SessionToken: sessionToken, Expiration: new Date(expiresAt) }
}
