import type { AccountId } from '../base/tenancy.ts'

/** One statement of an IAM-style policy document, as the user wrote it, parsed. */
export interface PolicyStatement {
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly resources: readonly string[]
  readonly notResources: readonly string[]
  /** operator → condition key → accepted values */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

export interface PolicyDocument {
  readonly version: string
  readonly statements: readonly PolicyStatement[]
}

/** Who is calling, once the signature or the session has been checked. */
export type Principal =
  | { readonly kind: 'root'; readonly account: AccountId; readonly accessKeyId: string }
  | {
      readonly kind: 'user'
      readonly account: AccountId
      readonly accessKeyId: string
      readonly userName: string
      readonly userId: string
      readonly policies: readonly PolicyDocument[]
    }
  | {
      /** Temporary credentials of GetSessionToken / GetFederationToken: the issuer's rights, cut by `session` when given. */
      readonly kind: 'session'
      readonly account: AccountId
      readonly accessKeyId: string
      readonly name: string
      readonly issuer: Principal
      readonly session: PolicyDocument | undefined
    }
  /** Nobody proved anything: confirmation and unsubscribe links, and nothing else. */
  | { readonly kind: 'anonymous'; readonly account: AccountId }
  /** The house itself: its collectors and starter definitions. */
  | { readonly kind: 'system'; readonly account: AccountId }

/** Who is calling, as STS and AccessDenied name it. */
export const principalArn = (principal: Principal): string => {
  const { account } = principal
  switch (principal.kind) {
    case 'root':
      return `arn:aws:iam::${account}:root`
    case 'user':
      return `arn:aws:iam::${account}:user/${principal.userName}`
    case 'session':
      // GetSessionToken keeps the caller's name; a federated session with its policy has one of its own.
      return principal.session === undefined ? principalArn(principal.issuer) : `arn:aws:sts::${account}:federated-user/${principal.name}`
    case 'anonymous':
      return 'anonymous'
    case 'system':
      return `arn:aws:iam::${account}:service/tocsin`
  }
}

/** `aws:userid` and STS's UserId. */
export const principalUserId = (principal: Principal): string | undefined => {
  switch (principal.kind) {
    case 'root':
      return principal.account
    case 'user':
      return principal.userId
    case 'session':
      return principal.session === undefined ? principalUserId(principal.issuer) : `${principal.account}:${principal.name}`
    default:
      return undefined
  }
}
