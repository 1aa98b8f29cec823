import type { EpochMillis } from '../../base/time.ts'
import { evaluate } from '../../engines/policies/evaluate.ts'
import { Fault, validationError } from '../../wire/fault.ts'
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

/** Longer than any ARN, endpoint or namespace may be, in characters; operations check their own limits only afterwards. */
const LONGEST_TEXT = 4096
/** More than any operation takes. */
const MOST_RESOURCES = 1000

/** Refuses, in AWS's words, unless the caller's policies allow the action on every resource. */
export const authorise = ({ principal, tenant, action, resources, conditions, received, now, denied = accessDenied }: Question): void => {
  requireJudgeable(resources, conditions)
  const decision = evaluate(principal, action, resources, {
    now,
    sourceIp: received.sourceAddress === '' ? undefined : received.sourceAddress,
    secureTransport: received.secure,
    region: tenant.region,
    service: conditions,
  })
  if (!decision.allowed) throw denied(decision.message)
}

/** Trying patterns takes time with the length of what they are tried on, and one caller's time is everybody's. */
const requireJudgeable = (resources: readonly string[], conditions: Readonly<Record<string, string>>): void => {
  if (resources.length > MOST_RESOURCES) throw validationError(`The request names more than ${MOST_RESOURCES} resources.`)
  if ([...resources, ...Object.values(conditions)].some(text => text.length > LONGEST_TEXT)) {
    throw validationError(`The request names a resource by more than ${LONGEST_TEXT} characters.`)
  }
}

const accessDenied = (message: string): Fault => new Fault('AccessDenied', message, { shape: 'AccessDeniedException', status: 403 })
