import type { Clock } from '../../base/clock.ts'
import type { Call, Operation, Service } from '../../services/operation.ts'
import type { AuditTrail } from './audit-trail.ts'
import type { Caller } from './authenticate.ts'
import { authorise } from './authorise.ts'
import type { ReceivedRequest } from './received-request.ts'

/** From an input to an output, whichever door it came in by: may he, do it, write it down. */
export class OperationRunner {
  readonly #audit: AuditTrail
  readonly #clock: Clock

  constructor(audit: AuditTrail, clock: Clock) {
    this.#audit = audit
    this.#clock = clock
  }

  /** Authorises and runs one operation; a change of definitions, and whatever else has to be known of, is written to the audit trail, refused or not. */
  async run(service: Service, operation: Operation, input: never, call: Call, received: ReceivedRequest): Promise<unknown> {
    let resources: readonly string[] = []
    const audited = operation.kind === 'write' || operation.audited?.(input) === true
    try {
      resources = operation.resources(input, call.tenant, call.principal)
      const conditions = operation.conditions?.(input) ?? {}
      this.authorise(service, operation, call, received)(resources, conditions)
      for (const { permission, resource } of operation.also?.(input, call.tenant) ?? []) {
        const [prefix, name] = permission.includes(':') ? (permission.split(':') as [string, string]) : [service.actionPrefix, permission]
        this.authorise({ ...service, actionPrefix: prefix }, { access: operation.access, name }, call, received)([resource], {})
      }
      const tagged = operation.tagged?.(input, call.tenant)
      if (tagged !== undefined) this.authorise(service, { access: operation.access, name: 'TagResource' }, call, received)([tagged], conditions)
      const output = await operation.run(input, call)
      if (audited) await this.#audit.record({ service, operation, input, call, received, resources, error: undefined })
      return output
    } catch (error) {
      if (audited) await this.#audit.recordRefusal({ service, operation, input, call, received, resources, error })
      throw error
    }
  }

  authorise(service: Service, operation: Pick<Operation, 'name' | 'access' | 'permission'>, caller: Caller, received: ReceivedRequest) {
    return (resources: readonly string[], conditions: Readonly<Record<string, string>>): void => {
      // Whoever needs no signature brings a token of his own, which the operation checks.
      if (operation.access === 'anonymous' && caller.principal.kind === 'anonymous') return
      const action = `${service.actionPrefix}:${operation.permission ?? operation.name}`
      authorise({ ...caller, action, resources, conditions, received, now: this.#clock.now(), denied: service.denied })
    }
  }
}
