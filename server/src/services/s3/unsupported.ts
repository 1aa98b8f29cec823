import { Fault } from '../../wire/fault.ts'
import type { Difference } from '../operation.ts'
import { invalidArgument, notHere } from './faults.ts'

/** What requests may ask for that is more than a bucket's and an object's own. */
interface Asked {
  readonly ACL?: string | undefined
  readonly GrantFullControl?: string | undefined
  readonly GrantRead?: string | undefined
  readonly GrantReadACP?: string | undefined
  readonly GrantWrite?: string | undefined
  readonly GrantWriteACP?: string | undefined
  readonly ObjectLockMode?: string | undefined
  readonly ObjectLockRetainUntilDate?: Date | undefined
  readonly ObjectLockLegalHoldStatus?: string | undefined
  readonly ObjectLockEventHold?: string | undefined
  readonly ObjectLockEventHoldDurationDays?: number | undefined
  readonly ObjectLockEventHoldDurationYears?: number | undefined
  readonly SSECustomerAlgorithm?: string | undefined
  readonly SSECustomerKey?: string | undefined
  readonly SSECustomerKeyMD5?: string | undefined
  readonly WriteOffsetBytes?: number | undefined
}

/** Said of a bucket whose objects cannot be locked, whatever it says. */
export const refuseBypass = (bypass: boolean | undefined): void => {
  if (bypass === undefined) return
  const name = 'x-amz-bypass-governance-retention'
  throw invalidArgument(`${name} is only applicable to Object Lock enabled buckets.`, name)
}

const KNOWN: readonly string[] = [
  'private', 'public-read', 'public-read-write', 'authenticated-read', 'aws-exec-read', 'bucket-owner-read', 'bucket-owner-full-control',
  'log-delivery-write',
]
const OWN = ['private', 'bucket-owner-full-control']

export const aclsOff = (): Fault => new Fault('AccessControlListNotSupported', 'The bucket does not allow ACLs')

/** Whether the canned ACL gives nothing to others; throws where there is none of the name. */
export const isOwnAcl = (name: string): boolean => {
  if (!KNOWN.includes(name)) throw invalidArgument('', 'x-amz-acl', name)
  return OWN.includes(name)
}

/** Throws rather than keep an object otherwise than its writer meant: what is asked for here would be silently missing. */
export const refuseUnsupported = (asked: Asked): void => {
  const { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = asked
  const grants = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].some(grant => grant !== undefined)
  if (grants || (asked.ACL !== undefined && !isOwnAcl(asked.ACL))) throw aclsOff()
  const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus } = asked
  const { ObjectLockEventHold, ObjectLockEventHoldDurationDays, ObjectLockEventHoldDurationYears } = asked
  const locks = [
    ObjectLockMode,
    ObjectLockRetainUntilDate,
    ObjectLockLegalHoldStatus,
    ObjectLockEventHold,
    ObjectLockEventHoldDurationDays,
    ObjectLockEventHoldDurationYears,
  ]
  if (locks.some(lock => lock !== undefined)) throw new Fault('InvalidRequest', 'Bucket is missing Object Lock Configuration')
  const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = asked
  if ([SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5].some(part => part !== undefined)) {
    throw notHere('encryption with the customer\'s keys')
  }
  if (asked.WriteOffsetBytes !== undefined) throw notHere('appending to objects')
}

/** The differences for members that several operations have; each takes those of its own model. */
const SHARED: Readonly<Record<string, string>> = {
  RequestPayer: 'without effect: nobody pays',
  RequestCharged: 'never there',
  MFA: 'without effect',
  BypassGovernanceRetention: 'refused, as on AWS where a bucket has no locks, which none has here',
  ServerSideEncryption: 'without effect; answers say `AES256`, as S3\'s do by default: objects are as safe as the disk that they are on',
  SSEKMSKeyId: 'without effect, and never there',
  SSEKMSEncryptionContext: 'without effect',
  BucketKeyEnabled: 'without effect, and never there',
  VersionId: 'there is one version of a key, `null`: another is none, as where a bucket keeps no versions, and none is answered',
  DeleteMarker: 'never there: there is one version of a key',
  Restore: 'never there',
  ReplicationStatus: 'never there',
  MissingMeta: 'never there',
  ExpiresString: 'never there',
  ChecksumXXHASH64: 'refused with `NotImplemented`',
  ChecksumXXHASH3: 'refused with `NotImplemented`',
  ChecksumXXHASH128: 'refused with `NotImplemented`',
  SSECustomerAlgorithm: 'refused with `NotImplemented`, as is its key',
  ACL: 'as on AWS where ACLs are off, which they are everywhere: only `private` and `bucket-owner-full-control` are taken',
  ObjectLockMode: 'refused as on AWS where a bucket has no locks, which none has here',
  StorageClass: 'kept and shown, without effect; `GLACIER` and `DEEP_ARCHIVE` are refused with `NotImplemented`',
}

/** Of requests whose body is a document. */
export const DIGESTS: readonly Difference[] = [
  { member: 'ContentMD5', how: 'checked where it is given' },
  { member: 'ChecksumAlgorithm', how: 'a checksum is checked where it is given' },
]

export const differences = (members: readonly string[], more: readonly Difference[] = []): readonly Difference[] => [
  ...members.map(member => ({ member, how: SHARED[member] ?? 'without effect' })),
  ...more,
]
