import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { parseAddress } from './address.ts'
import type { AllowList } from './allow-list.ts'
import { specialPurpose } from './special-purpose.ts'
import type { Target } from './target.ts'

/** Every address of a name, in the order in which they should be tried. Rejects with the resolver's own error. */
export type Resolver = (host: string) => Promise<readonly string[]>

/**
 * The machine's resolver (getaddrinfo), not a DNS client: names from /etc/hosts, search domains and split DNS are what
 * operators expect to work. It occupies a thread of the pool while it waits.
 */
export const systemResolver: Resolver = host =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, order: 'verbatim' }, (error, found) => {
      if (error === null) resolve(found.map(({ address }) => address))
      else reject(error)
    })
  })

/** Raised inside a connection attempt; becomes the reason `refused`. */
export class RefusedDestination extends Error {
  override readonly name = 'RefusedDestination'
}

/** Why this address must not be connected to for this target; undefined when it may. */
export const refusal = (address: string, target: Target, allow: AllowList): string | undefined => {
  if (allow.host(target.host, target.port)) return undefined
  const parsed = parseAddress(address)
  if (parsed === undefined) return `${target.host} resolves to something that is not an address`
  if (allow.address(parsed, target.port)) return undefined
  const special = specialPurpose(parsed)
  if (special === undefined) return undefined
  const which = address === target.host ? target.host : `${target.host} resolves to ${address}, which`
  return `${which} is not a public address (${special}); TOCSIN_EGRESS_ALLOW can admit it`
}

/**
 * The look-up of one connection. The addresses that were checked are the addresses that are connected to: nothing
 * resolves the name a second time. One refused address refuses the name: answers that mix public and private addresses
 * are an attack or an accident.
 */
export const guardedLookup =
  (target: Target, allow: AllowList, resolve: Resolver): LookupFunction =>
  (_host, options, callback) => {
    const fail = (error: NodeJS.ErrnoException): void => callback(error, '')
    resolve(target.host).then(
      addresses => {
        const found = addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
        const first = found[0]
        if (first === undefined) return fail(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }))
        for (const { address } of found) {
          const reason = refusal(address, target, allow)
          if (reason !== undefined) return fail(new RefusedDestination(reason))
        }
        if (options.all === true) callback(null, found)
        else callback(null, first.address, first.family)
      },
      (error: unknown) => fail(Object.assign(new Error('look-up failed'), { code: errorCode(error) ?? 'ENOTFOUND' })),
    )
  }

export const errorCode = (error: unknown): string | undefined => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
