import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { Principal } from '../model/principal.ts'
import type { Fault } from '../wire/fault.ts'
import type { WireService } from '../wire/service.ts'

/** What a handler may know of the call besides its input. Nothing of HTTP, XML or CBOR. */
export interface Call {
  readonly tenant: Tenant
  readonly principal: Principal
  readonly requestId: string
  readonly now: EpochMillis
}

/** Where an operation does something else than AWS's does; docs/fidelity.md is made of these. */
export interface Difference {
  /** The member of the input or the output that it is about, as a path in AWS's model; absent: the operation as a whole. */
  readonly member?: string
  /** What happens here, and what for. */
  readonly how: string
}

/**
 * One AWS operation. Input and output are the SDK's own types; the protocol layer decodes and encodes them by the
 * schema that the SDK package exports under `<name>$`.
 */
export interface Operation<Input = never, Output = unknown> {
  /** AWS's name, e.g. `PutMetricAlarm`. */
  readonly name: string
  /**
   * `read` changes nothing. `write` changes definitions and is audited. `data` carries telemetry: it is authorised and
   * counted, but not audited one by one (as CloudTrail's data events).
   */
  readonly kind: 'read' | 'write' | 'data'
  /** `anonymous` also admits unsigned callers (links in messages); the handler then checks its token. */
  readonly access: 'signed' | 'anonymous'
  /** The ARNs that the caller must be allowed to act on; `['*']` where AWS knows no resource for it. */
  resources(input: Input, tenant: Tenant, principal: Principal): readonly string[]
  /** Values for the service's own condition keys, e.g. `cloudwatch:namespace`. */
  conditions?(input: Input): Readonly<Record<string, string>>
  /** The permission's name in IAM, where it is not the operation's. */
  readonly permission?: string
  /** What the caller must be allowed besides, e.g. to read what he copies; of another service with its prefix, as `logs:StartQuery`. */
  also?(input: Input, tenant: Tenant): readonly { readonly permission: string; readonly resource: string }[]
  /** What the request gives tags to, if it does: the caller must be allowed `TagResource` on it, too. */
  tagged?(input: Input, tenant: Tenant): string | undefined
  /** Whether a call that changes nothing is written to the audit trail, too. */
  audited?(input: Input): boolean
  readonly differs?: readonly Difference[]
  run(input: Input, call: Call): Output | Promise<Output>
}

/** A service: how it is recognised, who may use it, what it can do. */
export interface Service extends WireService {
  /** Prefix of IAM actions, e.g. `cloudwatch`. */
  readonly actionPrefix: string
  /** How it refuses what the caller's policies do not allow; undefined: `AccessDenied`. */
  readonly denied?: (message: string) => Fault
  /** Temporary credentials are refused: with lasting keys to be had, their end and their policy would bind nobody. */
  readonly lastingKeysOnly?: boolean
  readonly operations: readonly Operation[]
  /** Operations of AWS's model that are not served, each with what is not there; undefined: those that are not in `operations`. */
  readonly missing?: Readonly<Record<string, string>>
}

/** Keeps the handler's exact types while it is listed among others. */
export const operation = <Input, Output>(definition: Operation<Input, Output>): Operation =>
  definition as unknown as Operation
