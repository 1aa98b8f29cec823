import type { AccessControlPolicy, Grant } from '@aws-sdk/client-s3'
import type { Bucket } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import type { Difference } from '../operation.ts'
import { invalidArgument, malformedXml, notHere } from './faults.ts'
import { ownerOf } from './owner.ts'
import { aclsOff, DIGESTS, isOwnAcl } from './unsupported.ts'

interface Asked {
  readonly ACL?: string | undefined
  readonly AccessControlPolicy?: AccessControlPolicy | undefined
  readonly GrantFullControl?: string | undefined
  readonly GrantRead?: string | undefined
  readonly GrantReadACP?: string | undefined
  readonly GrantWrite?: string | undefined
  readonly GrantWriteACP?: string | undefined
}

/** What every bucket and every object grants: everything to its account, nothing to anybody else. */
export const shownAcl = ({ tenant: { account } }: Bucket): { readonly Owner: ReturnType<typeof ownerOf>; readonly Grants: Grant[] } => {
  const Owner = ownerOf(account)
  return { Owner, Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] }
}

/** Throws unless what is asked for is what holds anyhow. */
export const requireOwnAcl = (bucket: Bucket, asked: Asked): void => {
  const { ACL: canned, AccessControlPolicy: policy } = asked
  const { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = asked
  const grants = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP].filter(grant => grant !== undefined)
  if (canned === undefined && policy === undefined && grants.length === 0) {
    throw new Fault('MissingSecurityHeader', 'Your request was missing a required header', { members: { MissingHeaderName: 'x-amz-acl' } })
  }
  if (canned !== undefined && grants.length > 0) throw new Fault('InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed')
  if (policy !== undefined && (canned !== undefined || grants.length > 0)) {
    throw new Fault('UnexpectedContent', 'This request does not support content')
  }
  const { ID } = ownerOf(bucket.tenant.account)
  if (policy !== undefined) {
    if (policy.Owner?.ID === undefined) throw malformedXml()
    if (policy.Owner.ID !== ID) throw invalidArgument('Invalid id', 'CanonicalUser/ID', policy.Owner.ID)
  }
  const isOwn = canned === undefined || isOwnAcl(canned)
  if (!takesAcls(bucket)) throw aclsOff()
  const given = policy?.Grants ?? []
  const foreign = given.some(({ Grantee, Permission }) => Grantee?.ID !== ID || Permission !== 'FULL_CONTROL')
  if (!isOwn || foreign || grants.some(grant => grant !== GrantFullControl || grant.replaceAll(/^id=|"/g, '') !== ID)) throw notHere('grants to others than the owner')
}

/** Where the owner of the bucket owns all objects, as is the rule, S3 takes no ACLs at all. */
const takesAcls = ({ documents }: Bucket): boolean => {
  const { Rules: rules = [] } = (documents.ownership ?? {}) as { readonly Rules?: readonly { readonly ObjectOwnership?: string }[] }
  return rules.some(({ ObjectOwnership: ownership }) => ownership !== 'BucketOwnerEnforced')
}

export const SHOWN_ACL_DIFFERENCES: readonly Difference[] = [
  { member: 'Grants.Grantee.EmailAddress', how: 'never there: the owner alone has grants' },
  { member: 'Grants.Grantee.URI', how: 'never there: the owner alone has grants' },
]

export const ACL_DIFFERENCES: readonly Difference[] = [
  { how: 'what the owner has anyhow is taken; grants to others are refused with `NotImplemented`, or as on AWS where ACLs are off' },
  { member: 'AccessControlPolicy.Grants', how: 'the owner\'s own, by his `ID`' },
  ...DIGESTS,
]
