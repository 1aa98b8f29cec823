import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Call, Operation, Service } from '../../services/operation.ts'
import { Fault } from '../../wire/fault.ts'
import { formBoundary, readUploadForm } from '../../wire/form-data/form-data.ts'
import type { ReplyContext, StreamedReply } from '../../wire/protocol.ts'
import { addressOf, bucketOfHost } from '../../wire/rest-xml/address.ts'
import { operationFinder, type OperationFinder } from '../../wire/rest-xml/operations.ts'
import { restXml, streamedMember } from '../../wire/rest-xml/rest-xml.ts'
import { operationSchema } from '../../wire/schema.ts'
import { claimedCredential } from '../../wire/sigv4/credential.ts'
import type { SelfMetrics } from '../self-metrics.ts'
import type { ArrivingRequest } from './arriving-request.ts'
import type { Caller, StreamAuthentication } from './authenticate.ts'
import { faultOf } from './fault-of.ts'
import { formReply, postsForm, putOfForm } from './object-form.ts'
import { incomingBody, payloadOf, wholeBody } from './object-body.ts'
import { objectFault, unsignedHeaders } from './object-fault.ts'
import type { OperationRunner } from './operation-runner.ts'
import type { ReceivedRequest } from './received-request.ts'

interface Parts {
  readonly service: Service
  readonly authentication: StreamAuthentication
  readonly runner: OperationRunner
  /** Names of this server: `<bucket>.<name>` names a bucket, where the request is signed for the service. */
  readonly hosts: readonly string[]
  readonly metrics: SelfMetrics
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** The service whose bodies are objects: they are streamed, either way, and never held whole. */
export class ObjectDoor {
  readonly #parts: Parts
  #finder: OperationFinder | undefined
  readonly #built: ReadonlyMap<string, Operation>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#built = new Map(parts.service.operations.map(operation => [operation.name, operation]))
  }

  /** Made at the first request: where nobody keeps objects, their model is not read. */
  get #find(): OperationFinder {
    return (this.#finder ??= operationFinder(this.#parts.service.schemas))
  }

  /** Whether the request is for this door: by its host, by what it is signed for, by the older signatures that S3 knew, or since it is a form. */
  takes({ method, path, headers, query }: Pick<ReceivedRequest, 'method' | 'path' | 'headers' | 'query'>): boolean {
    const signedFor = claimedCredential({ method: '', path: '', query, headers, body: NOTHING })?.service
    if (signedFor !== undefined) return this.#parts.service.signingNames.includes(signedFor)
    const older = /^AWS [^:]+:/.test(headers['authorization'] ?? '') || /(^|&)AWSAccessKeyId=/.test(query)
    return older || bucketOfHost(headers['host'], []) !== undefined || postsForm({ method, path, headers })
  }

  async answer(arriving: ArrivingRequest): Promise<StreamedReply> {
    const { service, clock, metrics, log } = this.#parts
    const startedAt = clock.now()
    const requestId = this.#parts.entropy.uuid().replaceAll('-', '').slice(0, 16).toUpperCase()
    let context: ReplyContext = { requestId, service, operation: undefined }
    let outcome = 'ok'
    try {
      const named = bucketOfHost(arriving.headers['host'], this.#parts.hosts)
      const address = addressOf(arriving.path, named)
      if (address === undefined) throw new Fault('InvalidURI', "Couldn't parse the specified URI.")
      const boundary = postsForm(arriving) && address.key === undefined ? formBoundary(arriving.headers['content-type']) : undefined
      if (boundary !== undefined && address.bucket !== undefined) {
        context = { ...context, operation: operationSchema(service.schemas, 'PutObject') }
        return await this.#post(arriving, address.bucket, boundary, context)
      }
      const caller = await this.#authenticate(arriving, named === '' ? undefined : named)
      const schema = this.#find({ ...arriving, address })
      if (schema === undefined) throw methodNotAllowed(arriving.method)
      context = { ...context, operation: schema }
      const operation = this.#built.get(schema.name)
      if (operation === undefined) throw notBuilt(schema.name)
      const call: Call = { tenant: caller.tenant, principal: caller.principal, requestId, now: clock.now() }
      const output = await this.#parts.runner.run(
        service,
        operation,
        await this.#input(withHoisted(arriving), address, context, caller),
        call,
        { ...arriving, body: NOTHING },
      )
      const reply = restXml.encode(output, schema, context)
      const streamed = streamedMember(schema.output)
      const body = streamed === undefined
        ? undefined
        : (output as Readonly<Record<string, AsyncIterable<Uint8Array> | undefined>>)[streamed.name]
      const partly = reply.status === 200 && reply.headers['content-range'] !== undefined
      return { ...reply, status: partly ? 206 : reply.status, body: body ?? reply.body }
    } catch (error) {
      const fault = objectFault(faultOf(error, requestId, log), arriving)
      outcome = fault.code
      return restXml.encodeFault(fault, context)
    } finally {
      // Names that the model does not know would let callers make up as many figures as they like.
      metrics.request(service.actionPrefix, context.operation?.name ?? 'unknown', outcome, clock.now() - startedAt)
    }
  }

  /** A form, whose fields are what a put's signature and headers are. */
  async #post(arriving: ArrivingRequest, bucket: string, boundary: string, context: ReplyContext): Promise<StreamedReply> {
    const { service, authentication, runner, clock } = this.#parts
    const form = await readUploadForm(arriving.bytes, boundary)
    const { tenant, principal, isChecked } = await authentication.form(form.fields)
    const { key, headers, body } = putOfForm(form, bucket, clock.now(), isChecked)
    const path = `/${encodeURIComponent(bucket)}/${encodeURIComponent(key)}`
    const input = restXml.decode({ ...arriving, method: 'PUT', query: '', headers, path, body: NOTHING }, context.operation!) as object
    const call: Call = { tenant, principal, requestId: context.requestId, now: clock.now() }
    const output = await runner.run(service, this.#built.get('PutObject')!, { ...input, Body: body } as never, call, { ...arriving, body: NOTHING })
    return formReply(restXml.encode(output, context.operation!, context), arriving, bucket, key, form.fields)
  }

  async #authenticate(arriving: ArrivingRequest, bucket: string | undefined): Promise<Caller & { readonly seed: Parameters<typeof incomingBody>[2] }> {
    const { service, authentication } = this.#parts
    const caller = await authentication.streamed({ ...arriving, body: NOTHING }, payloadOf(arriving), service.signingNames, bucket)
    if (caller.principal.kind === 'anonymous') throw new Fault('AccessDenied', 'Access Denied', { status: 403 })
    // Where nobody checks signatures, nothing follows from what is signed.
    const unsigned = caller.seed === undefined ? undefined : unsignedHeaders(arriving)
    if (unsigned !== undefined) throw unsigned
    return caller
  }

  async #input(
    arriving: ArrivingRequest,
    address: NonNullable<ReturnType<typeof addressOf>>,
    { operation }: ReplyContext,
    { seed }: { readonly seed: Parameters<typeof incomingBody>[2] },
  ): Promise<never> {
    const schema = operation!
    const { body, headers } = incomingBody(arriving, schema.input, seed)
    const streamed = streamedMember(schema.input)
    // The model knows paths only; a bucket that the host names is put back into it.
    const path = `/${encodeURIComponent(address.bucket ?? '')}${address.key === undefined ? '' : `/${encodeURIComponent(address.key)}`}`
    const whole = streamed === undefined ? await wholeBody(body, headers, schema.input) : NOTHING
    const input = restXml.decode({ ...arriving, headers, path, body: whole }, schema) as object
    return (streamed === undefined ? input : { ...input, [streamed.name]: body }) as never
  }
}

const NOTHING = Buffer.alloc(0)

/** Of a signed address, what belongs to the signature itself. */
const SIGNATURE = /^x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256)$/

/** Signed addresses carry headers of S3's in their query. */
const withHoisted = (arriving: ArrivingRequest): ArrivingRequest => {
  if (!/(?:^|&)(?:X-Amz-Algorithm|AWSAccessKeyId)=/.test(arriving.query)) return arriving
  const hoisted: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(arriving.query)) {
    const lower = name.toLowerCase()
    if (lower.startsWith('x-amz-') && !SIGNATURE.test(lower)) hoisted[lower] = value
  }
  return { ...arriving, headers: { ...hoisted, ...arriving.headers } }
}

const methodNotAllowed = (method: string): Fault =>
  new Fault('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405, members: { Method: method } })

const notBuilt = (name: string): Fault =>
  new Fault('NotImplemented', `The operation ${name} is not implemented yet.`, { status: 501, retryable: false })
