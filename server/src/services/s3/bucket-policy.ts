import type { Tenant } from '../../base/tenancy.ts'
import { Fault } from '../../wire/fault.ts'
import { shownDocument } from './document.ts'
import type { BucketStore } from './ports.ts'

/** Bytes of a policy. */
const LONGEST = 20 * 1024
const ELEMENTS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']

/** The policy as it was put, or S3's refusal. */
export const shownPolicy = async (buckets: BucketStore, input: Parameters<typeof shownDocument>[1], tenant: Tenant): Promise<string> => {
  const found = await shownDocument<string>(buckets, input, tenant, 'policy')
  if (found !== undefined && found !== null) return found
  throw new Fault('NoSuchBucketPolicy', 'The bucket policy does not exist', { status: 404, members: { BucketName: input.Bucket } })
}

/** Throws S3's refusals: a policy that no S3 would take is none. */
export const requirePolicy = (text: string, bucket: string): void => {
  if (text === '') throw new Fault('MissingRequestBodyError', 'Request Body is empty')
  if (!text.startsWith('{')) throw malformed('Policies must be valid JSON and the first byte must be \'{\'')
  if (Buffer.byteLength(text) > LONGEST) throw malformed('Normalized policy document exceeds the maximum allowed size of 20480 bytes.')
  const { Statement: given, Version: version = '2008-10-17' } = parsed(text)
  if (version !== '2008-10-17' && version !== '2012-10-17') throw malformed('The policy must contain a valid version string')
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (given === undefined || statements.length === 0) throw malformed('Missing required field Statement')
  for (const statement of statements) requireStatement(statement, `arn:aws:s3:::${bucket}`)
}

const requireStatement = (statement: unknown, arn: string): void => {
  if (typeof statement !== 'object' || statement === null || Array.isArray(statement)) throw malformed('Policies must be valid JSON and the first byte must be \'{\'')
  const fields = statement as Readonly<Record<string, unknown>>
  const unknown = Object.keys(fields).find(name => !ELEMENTS.includes(name))
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown.slice(0, 100)}`)
  const { Effect: effect } = fields
  if (effect === undefined) throw malformed('Missing required field Effect')
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed(`Invalid effect: ${texts(effect).join().slice(0, 100)}`)
  for (const name of ['Principal', 'Action', 'Resource']) {
    if (fields[name] === undefined && fields[`Not${name}`] === undefined) throw malformed(`Missing required field ${name}`)
  }
  const actions = texts(fields['Action'] ?? fields['NotAction'])
  if (actions.some(action => action !== '*' && !/^s3:[A-Za-z*?]+$/i.test(action))) throw malformed('Policy has invalid action')
  const resources = texts(fields['Resource'] ?? fields['NotResource'])
  if (resources.length === 0 || resources.some(resource => resource !== '*' && resource !== arn && !resource.startsWith(`${arn}/`) && !/^arn:aws:s3:::[^/]*[*?$]/.test(resource))) {
    throw malformed('Policy has invalid resource')
  }
}

const parsed = (text: string): { readonly Statement?: unknown; readonly Version?: unknown } => {
  try {
    return JSON.parse(text) as { readonly Statement?: unknown }
  } catch {
    throw malformed("Policies must be valid JSON and the first byte must be '{'")
  }
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(part => (typeof part === 'string' ? part : ''))

const malformed = (text: string): Fault => new Fault('MalformedPolicy', text)
