import { awsJson10, awsJson11 } from './aws-json/aws-json.ts'
import { awsQuery, awsQueryInJson, isForm } from './aws-query/aws-query.ts'
import { formValue } from './aws-query/form.ts'
import { Fault } from './fault.ts'
import type { Protocol, Recognition, WireRequest } from './protocol.ts'
import { restJson } from './rest-json/rest-json.ts'
import { routeOf, type Route } from './rest-json/route.ts'
import { rpcCbor } from './rpc-cbor/rpc-cbor.ts'
import { operationSchema, type OperationSchema } from './schema.ts'
import type { WireService } from './service.ts'
import { claimedCredential } from './sigv4/credential.ts'

/**
 * Tells which operation a request asks for, and in which protocol. Host and path prefix do not matter. Call it once
 * for the services; the lookup tables are kept.
 */
export const recogniser = <Service extends WireService>(services: readonly Service[]): ((request: WireRequest) => Recognition<Service>) => {
  const index = indexed(services)
  return request =>
    byTarget(request, index) ?? byRpcPath(request, index) ?? byAction(request, index) ?? byRoute(request, index) ?? leftOver(request, index)
}

interface Index<Service extends WireService> {
  readonly services: readonly Service[]
  readonly byTarget: ReadonlyMap<string, Service>
  readonly built: ReadonlyMap<Service, ReadonlyMap<string, Service['operations'][number]>>
  readonly routes: readonly { readonly service: Service; readonly schema: OperationSchema; readonly route: Route }[]
}

const indexed = <Service extends WireService>(services: readonly Service[]): Index<Service> => ({
  services,
  byTarget: new Map(services.flatMap(service => (service.targetPrefix === undefined ? [] : [[service.targetPrefix, service]]))),
  built: new Map(services.map(service => [service, new Map(service.operations.map(operation => [operation.name, operation]))])),
  routes: services
    // The others' schemas are not asked for yet: their requests name the operation in another way.
    .filter(({ targetPrefix, queryVersion }) => targetPrefix === undefined && queryVersion === undefined)
    .flatMap(service => routesOf(service))
    .toSorted((left, right) => right.route.literal - left.route.literal),
})

const routesOf = <Service extends WireService>(service: Service) =>
  Object.keys(service.schemas).flatMap(name => {
    const schema = name.endsWith('$') ? operationSchema(service.schemas, name.slice(0, -1)) : undefined
    return schema?.http === undefined ? [] : [{ service, schema, route: routeOf(schema.http) }]
  })

type Found<Service extends WireService> = Recognition<Service> | undefined

/** AWS JSON: `X-Amz-Target: <prefix>.<operation>` */
const byTarget = <Service extends WireService>({ method, headers }: WireRequest, index: Index<Service>): Found<Service> => {
  const target = headers['x-amz-target']
  if (target === undefined) return undefined
  const type = headers['content-type'] ?? ''
  const protocol = type.includes('json-1.1') ? awsJson11 : awsJson10
  const dot = target.lastIndexOf('.')
  const service = index.byTarget.get(target.slice(0, Math.max(dot, 0)))
  if (method !== 'POST') return refused(methodNotAllowed(method), service, protocol)
  if (type !== '' && !/^application\/(x-amz-json-1\.[01]|json)\b/i.test(type)) return refused(unsupportedMedia(type), service, protocol)
  return service === undefined
    ? refused<Service>(unknownOperation(400), undefined, protocol)
    : named(index, service, target.slice(dot + 1), protocol, () => unknownOperation(400))
}

const RPC_PATH = /\/service\/([^/]+)\/operation\/([^/]+)\/?$/

/** Smithy RPC v2: `…/service/<target prefix>/operation/<operation>` */
const byRpcPath = <Service extends WireService>({ method, path, headers }: WireRequest, index: Index<Service>): Found<Service> => {
  const dialect = headers['smithy-protocol']
  const type = headers['content-type'] ?? ''
  if (dialect === undefined && !type.startsWith('application/cbor')) return undefined
  const [, prefix = '', name = ''] = RPC_PATH.exec(path) ?? []
  // A namespace in front of the service's name is allowed by some clients and carries no meaning.
  const service = index.byTarget.get(prefix.slice(prefix.lastIndexOf('.') + 1))
  if (method !== 'POST') return refused(methodNotAllowed(method), service, rpcCbor)
  if (dialect !== undefined && dialect !== 'rpc-v2-cbor') return refused(unknownOperation(404), service, rpcCbor)
  if (type !== '' && !type.startsWith('application/cbor')) return refused(unsupportedMedia(type), service, rpcCbor)
  return service === undefined ? refused<Service>(unknownOperation(404), undefined, rpcCbor) : named(index, service, name, rpcCbor, () => unknownOperation(404))
}

/** AWS query: `Action=<operation>&Version=<date>` in the query string or in a form. */
const byAction = <Service extends WireService>(request: WireRequest, index: Index<Service>): Found<Service> => {
  const { method, headers, query } = request
  if (method !== 'POST' && method !== 'GET') return undefined
  const protocol = queryProtocol(headers)
  const form = method === 'POST' && isForm(headers)
  // Names and versions are ASCII; the rest of the body is not looked at here.
  const body = form ? Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString('latin1') : ''
  const parameter = (key: string) => formValue(query, key) ?? formValue(body, key)
  const action = parameter('Action')
  if (action === undefined) {
    if (!form || claimedCredential(request) === undefined) return undefined
    return refused<Service>(new Fault('MissingAction', 'The request is missing an action or a required parameter.'), undefined, protocol)
  }
  const version = parameter('Version')
  const signedFor = claimedCredential(request)?.service
  const candidates = index.services.filter(service => {
    if (version !== undefined) return service.queryVersion === version
    if (signedFor !== undefined) return service.signingNames.includes(signedFor)
    // Links in SNS's messages name neither version nor service: on AWS the host does.
    return service.queryVersion !== undefined && index.built.get(service)?.has(action) === true
  })
  const service = candidates.find(({ signingNames }) => signedFor !== undefined && signingNames.includes(signedFor)) ?? candidates[0]
  if (service === undefined) {
    const where = version === undefined ? '' : ` for version ${version.slice(0, 64)}`
    return refused<Service>(new Fault('InvalidAction', `Could not find operation ${action.slice(0, 256)}${where}`), undefined, protocol)
  }
  const invalid = () => new Fault('InvalidAction', `The action ${action.slice(0, 256)} is not valid for this web service.`)
  return named(index, service, action, protocol, invalid)
}

/** JSON for those who want it first of all: `application/json, text/plain` */
const queryProtocol = (headers: WireRequest['headers']): Protocol =>
  headers['accept'] !== undefined && /^\s*application\/json\s*(?:[,;]|$)/i.test(headers['accept']) ? awsQueryInJson : awsQuery

/** REST-JSON: method and path, and with a path prefix the signing name too. */
const byRoute = <Service extends WireService>(request: WireRequest, index: Index<Service>): Found<Service> => {
  if (index.routes.length === 0) return undefined
  const signedFor = claimedCredential(request)?.service
  const found = [false, true].flatMap(prefixed =>
    index.routes.filter(({ service, route }) => {
      const meant = signedFor === undefined ? !prefixed : service.signingNames.includes(signedFor)
      return meant && route.method === request.method && route.match(request.path, prefixed) !== undefined
    }),
  )[0]
  return found === undefined ? undefined : named(index, found.service, found.schema.name, restJson, () => unknownOperation(404))
}

/** Signed, so somebody's SDK sent it, but for nothing that is here; or not AWS's at all. */
const leftOver = <Service extends WireService>(request: WireRequest, index: Index<Service>): Recognition<Service> => {
  const signedFor = claimedCredential(request)?.service
  if (signedFor === undefined) return { kind: 'foreign' }
  const service = index.services.find(({ signingNames }) => signingNames.includes(signedFor))
  const type = request.headers['content-type'] ?? ''
  const protocol = type.startsWith('application/x-amz-json-1.1') ? awsJson11 : type.startsWith('application/x-amz-json') ? awsJson10 : restJson
  return refused(unknownOperation(404), service, service?.queryVersion === undefined || protocol !== restJson ? protocol : queryProtocol(request.headers))
}

const named = <Service extends WireService>(
  index: Index<Service>,
  service: Service,
  name: string,
  protocol: Protocol,
  /** Made only when it is needed: an error takes its stack along, and almost every operation is known. */
  unknown: () => Fault,
): Recognition<Service> => {
  const schema = operationSchema(service.schemas, name)
  if (schema === undefined) return refused(unknown(), service, protocol)
  const operation = index.built.get(service)?.get(name)
  return operation === undefined ? refused(notBuilt(name), service, protocol) : { kind: 'operation', service, operation, schema, protocol }
}

const refused = <Service extends WireService>(fault: Fault, service: Service | undefined, protocol: Protocol): Recognition<Service> => ({
  kind: 'refused',
  fault,
  service,
  protocol,
})

/** 400 in AWS JSON, 404 where the path names the operation. */
const unknownOperation = (status: 400 | 404): Fault =>
  new Fault('InvalidAction', 'The operation or the service that was asked for is not known here.', { shape: 'UnknownOperationException', status })

const unsupportedMedia = (type: string): Fault =>
  new Fault('UnsupportedMediaType', `The content type ${type.slice(0, 128)} is not supported.`, { shape: 'UnsupportedMediaTypeException', status: 415 })

const methodNotAllowed = (method: string): Fault =>
  new Fault('InvalidAction', `The method ${method} is not allowed here.`, { shape: 'MethodNotAllowedException', status: 405 })

const notBuilt = (name: string): Fault =>
  new Fault('NotImplemented', `The operation ${name} is not implemented yet.`, { shape: 'NotImplementedException', status: 501, retryable: false })
