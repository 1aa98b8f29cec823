import type { EpochMillis } from '../../base/time.ts'
import { evaluate } from '../../engines/policies/evaluate.ts'
import { Fault } from '../../wire/fault.ts'
import type { Caller } from './authenticate.ts'
import type { ReceivedRequest } from './received-request.ts'

interface Question extends Caller {
  /** `cloudwatch:PutMetricAlarm` */
  readonly action: string
  readonly resources: readonly string[]
  /** The service's own condition keys. */
  readonly conditions: Readonly<Record<string, string>>
  readonly received: ReceivedRequest
  readonly now: EpochMillis
  /** How the service says no; undefined: `AccessDenied`. */
  readonly denied?: ((message: string) => Fault) | undefined
}

/** Refuses, in AWS's words, unless the caller's policies allow the action on every resource. */
export const authorise = ({ principal, tenant, action, resources, conditions, received, now, denied = accessDenied }: Question): void => {
  const decision = evaluate(principal, action, resources, {
    now,
    sourceIp: received.sourceAddress === '' ? undefined : received.sourceAddress,
    secureTransport: received.secure,
    region: tenant.region,
    service: conditions,
  })
  if (!decision.allowed) throw denied(decision.message)
}

const accessDenied = (message: string): Fault => new Fault('AccessDenied', message, { shape: 'AccessDeniedException', status: 403 })
