import { z } from 'zod'
import type { Tenant } from '../../base/tenancy.ts'
import { isoTime } from '../../base/time.ts'
import type { AuditEntry } from '../../model/audit.ts'
import type { DropRule, QuarantinedDrop } from '../../model/drop.ts'
import { principalArn } from '../../model/principal.ts'
import { json, refusal } from './json-reply.ts'
import type { OperatorCall, OperatorCalls, OperatorRequest } from './operator-api.ts'

interface DropDefinitions {
  allRules(): Promise<readonly DropRule[]>
  putRule(rule: DropRule): Promise<void>
  deleteRule(tenant: Tenant, bucket: string, prefix: string): Promise<boolean>
  quarantined(tenant: Tenant, before: number | undefined, limit: number): Promise<readonly QuarantinedDrop[]>
  dismiss(tenant: Tenant, id: number): Promise<boolean>
  release(tenant: Tenant, id: number): Promise<boolean>
}

interface Ports {
  readonly definitions: DropDefinitions
  /** Called after every change of rules and of what is quarantined. */
  readonly changed: () => Promise<void>
  readonly audit: { append(entries: readonly AuditEntry[]): Promise<void> }
}

const Rule = z.strictObject({
  bucket: z.string().min(3).max(63),
  prefix: z.string().max(1024).default(''),
  logGroup: z.string().min(1).max(512).regex(/^[.\-_/#A-Za-z0-9]+$/, 'may hold letters, digits and . - _ / #').nullable(),
})
const Named = z.strictObject({ bucket: z.string().min(1).max(63), prefix: z.string().max(1024).default('') })
const Page = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.coerce.number().int().min(1).optional() })
const One = z.strictObject({ id: z.coerce.number().int().min(1) })

const listRules: OperatorCall<Ports> = {
  action: 'ListDropRules',
  run: async ({ definitions }, { caller: { tenant } }) => {
    const ours = (await definitions.allRules()).filter(rule => rule.tenant.account === tenant.account && rule.tenant.region === tenant.region)
    return json(200, { rules: ours.map(({ bucket, prefix, logGroup }) => ({ bucket, prefix, logGroup: logGroup ?? null })) })
  },
}

const putRule: OperatorCall<Ports> = {
  action: 'PutDropRule',
  run: async (ports, request) => {
    const { tenant } = request.caller
    const rule = Rule.parse(request.body)
    await ports.definitions.putRule({ tenant, bucket: rule.bucket, prefix: rule.prefix, logGroup: rule.logGroup ?? undefined })
    await changed(ports, request, 'PutDropRule', rule)
    return json(200, rule)
  },
}

const deleteRule: OperatorCall<Ports> = {
  action: 'DeleteDropRule',
  run: async (ports, request) => {
    const { tenant } = request.caller
    const { bucket, prefix } = Named.parse(Object.fromEntries(request.query))
    if (!(await ports.definitions.deleteRule(tenant, bucket, prefix))) return refusal(404, 'There is no such rule.')
    await changed(ports, request, 'DeleteDropRule', { bucket, prefix })
    return { status: 204, headers: {}, body: '' }
  },
}

const listQuarantined: OperatorCall<Ports> = {
  action: 'ListQuarantinedDrops',
  run: async ({ definitions }, { caller: { tenant }, query }) => {
    const { limit, cursor } = Page.parse(Object.fromEntries(query))
    const found = await definitions.quarantined(tenant, cursor, limit)
    return json(200, { objects: found.map(shown), cursor: found.length === limit ? String(found.at(-1)!.id) : undefined })
  },
}

const dismiss: OperatorCall<Ports> = {
  action: 'DismissQuarantinedDrop',
  run: async (ports, request) => {
    const { tenant } = request.caller
    const { id } = One.parse(Object.fromEntries(request.query))
    if (!(await ports.definitions.dismiss(tenant, id))) return refusal(404, 'There is no such object.')
    await changed(ports, request, 'DismissQuarantinedDrop', { id })
    return { status: 204, headers: {}, body: '' }
  },
}

const retry: OperatorCall<Ports> = {
  action: 'RetryQuarantinedDrop',
  run: async (ports, request) => {
    const { id } = One.parse(Object.fromEntries(request.query))
    if (!(await ports.definitions.release(request.caller.tenant, id))) return refusal(404, 'There is no such object.')
    await changed(ports, request, 'RetryQuarantinedDrop', { id })
    return json(202, { id })
  },
}

/** `/api/drops/…`: where the objects of buckets go, and those that could not be read. */
export const DROPS_API: OperatorCalls<Ports> = {
  '/api/drops/rules': { GET: listRules, PUT: putRule, DELETE: deleteRule },
  '/api/drops/quarantine': { GET: listQuarantined, POST: retry, DELETE: dismiss },
}

const changed = async (
  { changed: tell, audit }: Ports, { caller: { tenant, principal }, clock, received }: OperatorRequest, operation: string, parameters: object,
): Promise<void> => {
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
