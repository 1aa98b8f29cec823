import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { Principal } from '../model/principal.ts'
import type { Fault } from '../wire/fault.ts'

/** What a handler may know of the call besides its input. Nothing of HTTP, XML or CBOR. */
export interface Call {
  readonly tenant: Tenant
  readonly principal: Principal
  readonly requestId: string
  readonly now: EpochMillis
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
  resources(input: Input, tenant: Tenant): readonly string[]
  /** Values for the service's own condition keys, e.g. `cloudwatch:namespace`. */
  conditions?(input: Input): Readonly<Record<string, string>>
  run(input: Input, call: Call): Output | Promise<Output>
}

/** A service as the listener recognises it. */
export interface Service {
  /** Prefix of IAM actions and signing name, e.g. `cloudwatch`. */
  readonly actionPrefix: string
  /** Credential scope names that sign for it, e.g. `['monitoring']`. */
  readonly signingNames: readonly string[]
  /** `X-Amz-Target` prefix and the RPC path's service name; undefined where the service has none. */
  readonly targetPrefix: string | undefined
  /** `Version` of the query protocol; undefined where the service does not speak it. */
  readonly queryVersion: string | undefined
  /** XML namespace of the query protocol's answers. */
  readonly xmlNamespace: string | undefined
  /** True where JSON and CBOR errors carry `x-amzn-query-error`. */
  readonly queryCompatible: boolean
  /** How it refuses what the caller's policies do not allow; undefined: `AccessDenied`. */
  readonly denied?: (message: string) => Fault
  /** The SDK package's exports: where `<Operation>$` schemas are looked up, also of operations not built yet. */
  readonly schemas: Readonly<Record<string, unknown>>
  readonly operations: readonly Operation[]
}

/** Keeps the handler's exact types while it is listed among others. */
export const operation = <Input, Output>(definition: Operation<Input, Output>): Operation =>
  definition as unknown as Operation
