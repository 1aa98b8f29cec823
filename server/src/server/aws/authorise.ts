import { isoTime, type EpochMillis } from '../../base/time.ts'
import { accessDenied } from '../../engines/policies/access-denied.ts'
import { evaluate } from '../../engines/policies/evaluate.ts'
import { principalArn } from '../../engines/policies/principal-arn.ts'
import type { Operation, Service } from '../../services/operation.ts'
import type { Caller } from './authenticate.ts'
import type { ReceivedRequest } from './received-request.ts'

export { principalArn }

/** Whether a caller may do what he asks for. */
export interface Authorization {
  /** Throws AccessDenied. */
  require(question: Question): void
}

interface Question {
  readonly service: Service
  readonly operation: Operation
  readonly caller: Caller
  readonly received: ReceivedRequest
  readonly resources: readonly string[]
  readonly conditions: Readonly<Record<string, string>>
  readonly now: EpochMillis
}
