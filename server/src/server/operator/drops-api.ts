import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { isoTime } from '../../base/time.ts'
import type { AuditEntry } from '../../model/audit.ts'
import type { DropRule, QuarantinedDrop } from '../../model/drop.ts'
import { principalArn } from '../../model/principal.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication, Caller } from '../aws/authenticate.ts'
import { authorise } from '../aws/authorise.ts'
import { bareFault } from '../aws/bare-fault.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { json, refusal } from './json-reply.ts'

interface DropDefinitions {
  allRules(): Promise<readonly DropRule[]>
  putRule(rule: DropRule): Promise<void>
  deleteRule(tenant: Tenant, bucket: string, prefix: string): Promise<boolean>
  quarantined(tenant: Tenant, before: number | undefined, limit: number): Promise<readonly QuarantinedDrop[]>
  dismiss(tenant: Tenant, id: number): Promise<boolean>
}

interface Parts {
  readonly authentication: Authentication
  readonly definitions: DropDefinitions
  /** Called after every change of rules and of what is quarantined. */
  readonly changed: () => Promise<void>
  readonly audit: { append(entries: readonly AuditEntry[]): Promise<void> }
  readonly clock: Clock
  readonly log: Log
}

const Rule = z.strictObject({
  bucket: z.string().min(3).max(63),
  prefix: z.string().max(1024).default(''),
  logGroup: z.string().min(1).max(512).regex(/^[.\-_/#A-Za-z0-9]+$/, 'may hold letters, digits and . - _ / #').nullable(),
})
const Named = z.strictObject({ bucket: z.string().min(1).max(63), prefix: z.string().max(1024).default('') })
const Page = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.coerce.number().int().min(1).optional() })
const One = z.strictObject({ id: z.coerce.number().int().min(1) })

/** `/api/drops/…`: where the objects of buckets go, and those that could not be read. */
export class DropsApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined: none of its paths. */
  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    const calls = CALLS[request.path]
    return calls === undefined ? undefined : this.#answer(request, calls)
  }

  async #answer(request: ReceivedRequest, calls: ApiCalls): Promise<WireReply> {
    const call = calls[request.method]
    if (call === undefined) return refusal(405, `Use ${Object.keys(calls).join(' or ')}.`)
    const { authentication, clock, log } = this.#parts
    try {
      const caller = await authentication.caller(request, request.body, undefined)
      authorise({ ...caller, action: `tocsin:${call.action}`, resources: ['*'], conditions: {}, received: request, now: clock.now() })
      return await call.run(this.#parts, caller, request)
    } catch (error) {
      if (error instanceof z.ZodError) return refusal(400, error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '))
      return bareFault(faultOf(error, 'drops', log))
    }
  }
}

interface ApiCall {
  readonly action: string
  readonly run: (parts: Parts, caller: Caller, request: ReceivedRequest) => Promise<WireReply>
}

/** By method. */
type ApiCalls = Readonly<Record<string, ApiCall>>

const listRules: ApiCall = {
  action: 'ListDropRules',
  run: async ({ definitions }, { tenant }) => {
    const ours = (await definitions.allRules()).filter(rule => rule.tenant.account === tenant.account && rule.tenant.region === tenant.region)
    return json(200, { rules: ours.map(({ bucket, prefix, logGroup }) => ({ bucket, prefix, logGroup: logGroup ?? null })) })
  },
}

const putRule: ApiCall = {
  action: 'PutDropRule',
  run: async (parts, caller, request) => {
    const rule = Rule.parse(parsed(request.body))
    await parts.definitions.putRule({ tenant: caller.tenant, bucket: rule.bucket, prefix: rule.prefix, logGroup: rule.logGroup ?? undefined })
    await changed(parts, caller, request, 'PutDropRule', rule)
    return json(200, rule)
  },
}

const deleteRule: ApiCall = {
  action: 'DeleteDropRule',
  run: async (parts, caller, request) => {
    const { bucket, prefix } = Named.parse(queried(request))
    if (!(await parts.definitions.deleteRule(caller.tenant, bucket, prefix))) return refusal(404, 'There is no such rule.')
    await changed(parts, caller, request, 'DeleteDropRule', { bucket, prefix })
    return { status: 204, headers: {}, body: '' }
  },
}

const listQuarantined: ApiCall = {
  action: 'ListQuarantinedDrops',
  run: async ({ definitions }, { tenant }, request) => {
    const { limit, cursor } = Page.parse(queried(request))
    const found = await definitions.quarantined(tenant, cursor, limit)
    return json(200, { objects: found.map(shown), cursor: found.length === limit ? String(found.at(-1)!.id) : undefined })
  },
}

const dismiss: ApiCall = {
  action: 'DismissQuarantinedDrop',
  run: async (parts, caller, request) => {
    const { id } = One.parse(queried(request))
    if (!(await parts.definitions.dismiss(caller.tenant, id))) return refusal(404, 'There is no such object.')
    await changed(parts, caller, request, 'DismissQuarantinedDrop', { id })
    return { status: 204, headers: {}, body: '' }
  },
}

const CALLS: Readonly<Record<string, ApiCalls>> = {
  '/api/drops/rules': { GET: listRules, PUT: putRule, DELETE: deleteRule },
  '/api/drops/quarantine': { GET: listQuarantined, DELETE: dismiss },
}

const changed = async ({ changed: tell, audit, clock }: Parts, { tenant, principal }: Caller, received: ReceivedRequest, operation: string, parameters: object): Promise<void> => {
  await tell()
  await audit.append([{
    tenant,
    at: clock.now(),
    requestId: '',
    service: 'tocsin',
    operation,
    principal: principalArn(principal),
    accessKeyId: 'accessKeyId' in principal ? principal.accessKeyId : undefined,
    sourceAddress: received.sourceAddress,
    userAgent: received.headers['user-agent']?.slice(0, 512),
    errorCode: undefined,
    resources: [],
    parameters: JSON.stringify(parameters),
  }])
}

const shown = ({ id, source, key, version, size, logGroup, stream, events, reason, detail, modifiedAt, quarantinedAt }: QuarantinedDrop) => ({
  id, source, key, version, size, logGroup, stream, events, reason, detail, modifiedAt: isoTime(modifiedAt), quarantinedAt: isoTime(quarantinedAt),
})

const queried = ({ query }: ReceivedRequest): unknown => Object.fromEntries(new URLSearchParams(query))

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // Not JSON: the schema refuses it.
  }
}
