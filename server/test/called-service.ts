import type { Tenant } from '../src/base/tenancy.ts'
import type { EpochMillis } from '../src/base/time.ts'
import type { Principal } from '../src/model/principal.ts'
import type { Call, Operation, Service } from '../src/services/operation.ts'
import { Fault } from '../src/wire/fault.ts'
import { OURS } from './temporary-control.ts'

export const rootOf = (tenant: Tenant): Principal => ({ kind: 'root', account: tenant.account, accessKeyId: 'AKIATEST' })
export const nobody = (tenant: Tenant): Principal => ({ kind: 'anonymous', account: tenant.account })

/** Calls a service's operations as the listener does, once a request has been read and its caller checked. */
export class CalledService {
  readonly #service: Service
  readonly #now: () => EpochMillis

  constructor(service: Service, now: () => EpochMillis) {
    this.#service = service
    this.#now = now
  }

  operation(name: string): Operation {
    const found = this.#service.operations.find(candidate => candidate.name === name)
    if (found === undefined) throw new Error(`no operation ${name}`)
    return found
  }

  async run<Output = Record<string, unknown>>(name: string, input: object, principal = rootOf(OURS), tenant = OURS): Promise<Output> {
    const call: Call = { tenant, principal, requestId: 'request-1', now: this.#now() }
    return (await this.operation(name).run(input as never, call)) as Output
  }

  /** `404 Code: message` of the refusal; fails when there is none. */
  async refusal(name: string, input: object, principal?: Principal, tenant?: Tenant): Promise<string> {
    try {
      await this.run(name, input, principal, tenant)
    } catch (error) {
      if (error instanceof Fault) return `${error.status} ${error.code}: ${error.message}`
      throw error
    }
    throw new Error(`${name} was accepted`)
  }
}
