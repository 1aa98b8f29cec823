import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication, Caller } from '../aws/authenticate.ts'
import { authorise } from '../aws/authorise.ts'
import { bareFault } from '../aws/bare-fault.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { isReading, type HouseDoor } from '../house-door.ts'
import { refusal } from './json-reply.ts'

/** What a call has at hand besides what its API works on. */
export interface OperatorRequest {
  readonly caller: Caller
  /** Parameters of the address. */
  readonly query: URLSearchParams
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown
  readonly clock: Clock
  /** As it came: for audit rows. */
  readonly received: ReceivedRequest
}

export interface OperatorCall<Ports> {
  /** In policies, after `tocsin:`. */
  readonly action: string
  /** ARNs that are asked for; without it, everything. */
  readonly resources?: (request: Pick<OperatorRequest, 'caller' | 'query'>) => readonly string[]
  /** Throws a `ZodError` for what is not as it should be, answered as 400; a `Fault` for what cannot be done. */
  readonly run: (ports: Ports, request: OperatorRequest) => Promise<WireReply>
}

/** Calls by path and method; a GET answers HEAD too. */
export type OperatorCalls<Ports> = Readonly<Record<string, Readonly<Record<string, OperatorCall<Ports>>>>>

interface Parts {
  readonly authentication: Authentication
  readonly clock: Clock
  readonly log: Log
}

/** An API of the house's own for whoever runs it, in JSON: each call is authenticated as AWS's are, and authorised by the same policies. */
export class OperatorApi<Ports> implements HouseDoor {
  readonly #parts: Parts
  readonly #calls: OperatorCalls<Ports>
  readonly #ports: Ports

  constructor(parts: Parts, calls: OperatorCalls<Ports>, ports: Ports) {
    this.#parts = parts
    this.#calls = calls
    this.#ports = ports
  }

  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    const methods = Object.hasOwn(this.#calls, request.path) ? this.#calls[request.path] : undefined
    if (methods === undefined) return undefined
    const method = isReading(request) ? 'GET' : request.method
    const call = Object.hasOwn(methods, method) ? methods[method] : undefined
    return call === undefined
      ? Promise.resolve(refusal(405, `Use ${Object.keys(methods).join(' or ')}.`))
      : this.#run(call, request)
  }

  async #run({ action, resources, run }: OperatorCall<Ports>, received: ReceivedRequest): Promise<WireReply> {
    const { authentication, clock, log } = this.#parts
    try {
      const caller = await authentication.caller(received, received.body, undefined)
      const query = new URLSearchParams(received.query)
      authorise({
        ...caller, action: `tocsin:${action}`, resources: resources?.({ caller, query }) ?? ['*'], conditions: {}, received, now: clock.now(),
      })
      return await run(this.#ports, { caller, query, body: parsed(received.body), clock, received })
    } catch (error) {
      if (error instanceof z.ZodError) return refusal(400, error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '))
      return bareFault(faultOf(error, action, log))
    }
  }
}

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // Not JSON: the call's schema refuses it.
  }
}
