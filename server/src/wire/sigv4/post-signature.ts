import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EpochMillis } from '../../base/time.ts'
import { Fault } from '../fault.ts'
import { parseCredential } from './credential.ts'
import { deriveSigningKey, sign } from './signature.ts'
import type { SigningSecret } from './verify.ts'

interface Verification<Key extends SigningSecret> {
  /** By their names in lower case. */
  readonly fields: ReadonlyMap<string, string>
  readonly now: EpochMillis
  readonly lookup: (accessKeyId: string) => Promise<Key | undefined>
}

/**
 * Who signed a form: what is signed is its policy, by version 4 or, as boto3 does unless it is told otherwise, by version 2. Answers the
 * region that it is signed for, where it says one; throws S3's faults.
 */
export const verifyForm = async <Key extends SigningSecret>({ fields, now, lookup }: Verification<Key>): Promise<string | undefined> => {
  const older = fields.has('awsaccesskeyid')
  const names = older ? ['AWSAccessKeyId', 'signature', 'policy'] : ['policy', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Algorithm', 'X-Amz-Date']
  const missing = names.find(name => !fields.has(name.toLowerCase()))
  if (missing !== undefined && !fields.has('policy') && !older && !fields.has('x-amz-signature')) throw new Fault('AccessDenied', 'Access Denied', { status: 403 })
  if (missing !== undefined) {
    const text = `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`
    throw new Fault('InvalidArgument', text, { members: { ArgumentName: missing, ArgumentValue: '' } })
  }
  const field = (name: string): string => fields.get(name) ?? ''
  const credential = parseCredential(field('x-amz-credential'))
  if (!older && (credential?.service !== 's3' || field('x-amz-algorithm') !== 'AWS4-HMAC-SHA256')) throw new Fault('AuthorizationQueryParametersError', 'X-Amz-Credential or X-Amz-Algorithm is not of this service.')
  const id = older ? field('awsaccesskeyid') : credential!.accessKeyId
  const key = await lookup(id)
  if (key === undefined || key.status !== 'Active') {
    throw new Fault('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', { status: 403, members: { AWSAccessKeyId: id } })
  }
  const policy = field('policy')
  const right = older ? createHmac('sha1', key.secret).update(policy).digest() : sign(deriveSigningKey(key.secret, credential!), policy)
  const signature = field(older ? 'signature' : 'x-amz-signature')
  const given = Buffer.from(signature, older ? 'base64' : 'hex')
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    const members = { AWSAccessKeyId: id, StringToSign: policy, SignatureProvided: signature, StringToSignBytes: (Buffer.from(policy).toString('hex').match(/../g) ?? []).join(' ') }
    throw new Fault('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', { status: 403, members })
  }
  const { temporary } = key
  if (temporary?.sessionToken !== fields.get('x-amz-security-token')) throw new Fault('InvalidToken', 'The provided token is malformed or otherwise invalid.')
  if (temporary !== undefined && temporary.expiresAt <= now) throw new Fault('ExpiredToken', 'The provided token has expired.')
  return credential?.region
}
