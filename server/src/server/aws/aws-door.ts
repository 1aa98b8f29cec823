import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Call, Operation, Service } from '../../services/operation.ts'
import { invalidToken, missingToken } from '../../wire/sigv4/faults.ts'
import type { ReplyContext, StreamedReply, WireRequest } from '../../wire/protocol.ts'
import { eventReply } from '../../wire/event-stream/event-reply.ts'
import { recogniser } from '../../wire/recognise.ts'
import { encodeOutput } from '../../wire/reply.ts'
import { contentDecoded } from '../http/inflate.ts'
import type { SelfMetrics } from '../self-metrics.ts'
import type { Authentication } from './authenticate.ts'
import { faultOf } from './fault-of.ts'
import type { OperationRunner } from './operation-runner.ts'
import type { ReceivedRequest } from './received-request.ts'
import type { TelemetryDoor } from './telemetry-door.ts'

interface Parts {
  readonly services: readonly Service[]
  readonly authentication: Authentication
  readonly runner: OperationRunner
  /** Operations whose bodies are taken as bytes, by `service.Operation`. */
  readonly telemetryDoors: ReadonlyMap<string, TelemetryDoor>
  readonly metrics: SelfMetrics
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Every AWS operation comes in here; {@link AwsDoor.answer} is the life of a request. */
export class AwsDoor {
  readonly #parts: Parts
  readonly #recognise: ReturnType<typeof recogniser<Service>>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#recognise = recogniser(parts.services)
  }

  /** The answer, or undefined when the request has nothing of AWS about it. */
  async answer(received: ReceivedRequest): Promise<StreamedReply | undefined> {
    const startedAt = this.#parts.clock.now()
    const requestId = this.#parts.entropy.uuid()
    const request = await wireRequest(received)
    const recognition = this.#recognise(request)
    if (recognition.kind === 'foreign') return undefined
    const { protocol, service } = recognition
    const context: ReplyContext = { requestId, service, operation: recognition.kind === 'operation' ? recognition.schema : undefined }
    if (recognition.kind === 'refused') return protocol.encodeFault(recognition.fault, context)

    const { schema } = recognition
    const operation = recognition.operation as Operation
    let outcome = 'ok'
    try {
      const caller = await this.#parts.authentication.caller(request, received.body, recognition.service.signingNames)
      if (caller.principal.kind === 'anonymous' && operation.access === 'signed') throw missingToken()
      if (caller.principal.kind === 'session' && recognition.service.lastingKeysOnly === true) throw invalidToken()
      const call: Call = { tenant: caller.tenant, principal: caller.principal, requestId, now: this.#parts.clock.now() }
      const door = this.#parts.telemetryDoors.get(`${recognition.service.actionPrefix}.${operation.name}`)
      if (door !== undefined) return await door.take({ received, recognition, context, call, authorise: this.#parts.runner.authorise(recognition.service, operation, caller, received) })
      const decoded = { ...request, body: await contentDecoded(received.body, received.headers['content-encoding']) }
      const input = protocol.decode(decoded, schema) as never
      const output = await this.#parts.runner.run(recognition.service, operation, input, call, received)
      return eventReply(protocol, output, schema, context) ?? encodeOutput(protocol, output, schema, context)
    } catch (error) {
      const fault = faultOf(error, requestId, this.#parts.log)
      outcome = fault.code
      return protocol.encodeFault(fault, context)
    } finally {
      this.#parts.metrics.request(recognition.service.actionPrefix, operation.name, outcome, this.#parts.clock.now() - startedAt)
    }
  }
}

/**
 * What recognition and signatures need. A form's action stands in its body, so forms are decompressed first; other
 * protocols name the operation in headers and path, and their bodies wait until the caller is known.
 */
const wireRequest = async (received: ReceivedRequest): Promise<WireRequest> => {
  const { method, path, query, headers } = received
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true
  const body = isForm ? await contentDecoded(received.body, headers['content-encoding']) : received.body
  return { method, path, query, headers, body }
}
