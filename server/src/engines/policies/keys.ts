import { isoTime, type EpochMillis } from '../../base/time.ts'
import { principalArn, principalUserId, type Principal } from '../../model/principal.ts'

/** What a request says about itself to conditions. */
export interface RequestFacts {
  readonly now: EpochMillis
  /** The peer's address, IPv4 or IPv6; undefined when nobody is at the other end. */
  readonly sourceIp: string | undefined
  readonly secureTransport: boolean
  readonly region: string
  /** The service's own keys, e.g. `cloudwatch:namespace`. */
  readonly service: Readonly<Record<string, string>>
}

/** Condition keys by lower-case name; a key without values is known, but absent from this request. */
export type ConditionKeys = ReadonlyMap<string, readonly string[]>

/** Keys that operations of this house supply when they have something to say. */
const SERVICE_KEYS = ['cloudwatch:namespace', 'sns:Protocol', 'sns:Endpoint']

/** Every key that is supported, with its values in this request. Names that are not in here are unknown. */
export const conditionKeys = (principal: Principal, facts: RequestFacts): ConditionKeys => {
  const userName = principal.kind === 'user' ? principal.userName : undefined
  const keys: Readonly<Record<string, string | undefined>> = {
    'aws:CurrentTime': isoTime(facts.now),
    'aws:EpochTime': String(Math.floor(facts.now / 1000)),
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalArn': principalArn(principal),
    'aws:RequestedRegion': facts.region,
    'aws:SecureTransport': String(facts.secureTransport),
    'aws:SourceIp': facts.sourceIp,
    'aws:userid': principalUserId(principal),
    'aws:username': userName,
    ...Object.fromEntries(SERVICE_KEYS.map(key => [key, undefined])),
    ...facts.service,
  }
  return new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value === undefined ? [] : [value]]))
}
