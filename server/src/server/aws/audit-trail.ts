import type { Log } from '../../base/log.ts'
import type { AuditEntry } from '../../model/audit.ts'
import { principalArn } from '../../model/principal.ts'
import type { Call, Operation, Service } from '../../services/operation.ts'
import { Fault } from '../../wire/fault.ts'
import type { ReceivedRequest } from './received-request.ts'

interface AuditStore {
  append(entries: readonly AuditEntry[], options: { readonly unsynced: boolean }): Promise<void>
}

interface Audited {
  readonly service: Service
  readonly operation: Operation
  readonly input: unknown
  readonly call: Call
  readonly received: ReceivedRequest
  readonly resources: readonly string[]
  readonly error: unknown
}

/** Parameters, and tags, whose values open doors: endpoints are webhook URLs and routing keys, tokens confirm and sign in. */
const SECRET = /^(endpoint|firehosearn|destinationarn|targetarn|token|secretaccesskey|sessiontoken)$/i
/** Characters of what the caller chose: texts are written down before their own limits are checked. */
const MAX_PARAMETERS = 8192
const MAX_RESOURCES = 4096
const MAX_USER_AGENT = 512

/** Who changed which definition, when, from where, and what came of it. */
export class AuditTrail {
  readonly #store: AuditStore
  readonly #log: Log

  constructor(store: AuditStore, log: Log) {
    this.#store = store
    this.#log = log
  }

  /** Whoever only read does not wait for the disk. */
  record(audited: Audited): Promise<void> {
    return this.#store.append([entryOf(audited)], { unsynced: audited.operation.kind === 'read' })
  }

  /**
   * As `record`, but never in the way of the answer: the caller must learn why he was refused even when the disk is full.
   * What is refused to nobody in particular is not kept: anybody could fill the disk with it.
   */
  async recordRefusal(audited: Audited): Promise<void> {
    if (audited.call.principal.kind === 'anonymous') return
    try {
      await this.record(audited)
    } catch (error) {
      this.#log.warn({ operation: audited.operation.name, error: String(error) }, 'a refused call could not be written to the audit trail')
    }
  }
}

const entryOf = ({ service, operation, input, call, received, resources, error }: Audited): AuditEntry => ({
  tenant: call.tenant,
  at: call.now,
  requestId: call.requestId,
  service: service.actionPrefix,
  operation: operation.name,
  principal: principalArn(call.principal),
  accessKeyId: 'accessKeyId' in call.principal ? call.principal.accessKeyId : undefined,
  sourceAddress: received.sourceAddress,
  userAgent: received.headers['user-agent']?.slice(0, MAX_USER_AGENT),
  errorCode: error === undefined ? undefined : error instanceof Fault ? error.code : 'InternalFailure',
  resources: bounded(resources),
  parameters: parameters(input),
})

/** The first of them, as far as they fit. */
const bounded = (resources: readonly string[]): readonly string[] => {
  let left = MAX_RESOURCES
  const kept: string[] = []
  for (const resource of resources) {
    if (left <= 0) break
    kept.push(resource.slice(0, left))
    left -= resource.length
  }
  return kept
}

const isSecretTag = (value: unknown): value is { readonly Key: string } =>
  typeof value === 'object' && value !== null && 'Key' in value && typeof value.Key === 'string' && SECRET.test(value.Key)

const parameters = (input: unknown): string => {
  const text = JSON.stringify(input, (key, value: unknown) => (SECRET.test(key) && value !== undefined ? '***' : isSecretTag(value) ? { ...value, Value: '***' } : value)) ?? '{}'
  return text.length <= MAX_PARAMETERS ? text : JSON.stringify({ truncated: text.slice(0, MAX_PARAMETERS) })
}
