import type { Entropy } from '../../base/entropy.ts'
import { publishedSchemas } from '../../wire/published-schemas.ts'
import type { Service } from '../operation.ts'
import { getCallerIdentity } from './get-caller-identity.ts'
import { getFederationToken } from './get-federation-token.ts'
import { getSessionToken } from './get-session-token.ts'
import type { KeyStore } from './ports.ts'

/** What the roof plugs in. */
export interface StsPorts {
  readonly keys: KeyStore
  readonly entropy: Entropy
}

export const sts = (ports: StsPorts): Service => ({
  actionPrefix: 'sts',
  signingNames: ['sts'],
  targetPrefix: undefined,
  queryVersion: '2011-06-15',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  queryCompatible: false,
  get schemas() {
    return publishedSchemas('client-sts')
  },
  operations: [getCallerIdentity(), getSessionToken(ports), getFederationToken(ports)],
})
