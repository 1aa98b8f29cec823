import { readParameters } from '../rest-json/bindings.ts'
import { operationSchema, type OperationSchema } from '../schema.ts'
import type { Address } from './address.ts'

/** What must be there for a request to mean this operation. */
interface Candidate {
  readonly schema: OperationSchema
  readonly method: string
  readonly level: Level
  /** Of the URI: `uploads`, or `list-type=2`; `x-id` only tells apart what nothing else does. */
  readonly literals: readonly (readonly [name: string, value: string])[]
  readonly queries: readonly string[]
  readonly headers: readonly string[]
  readonly id: string | undefined
}

type Level = 'service' | 'bucket' | 'object'

export type OperationFinder = (request: {
  readonly method: string
  readonly query: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly address: Address
}) => OperationSchema | undefined

/** Finds the operation of a model whose paths are all of the same few forms: by method, level, and the most that it asks for. */
export const operationFinder = (schemas: Readonly<Record<string, unknown>>): OperationFinder => {
  const candidates = Object.keys(schemas)
    .flatMap(name => (name.endsWith('$') ? operationSchema(schemas, name.slice(0, -1)) ?? [] : []))
    .flatMap(schema => (schema.http === undefined ? [] : [candidate(schema, schema.http)]))
    .toSorted((left, right) => demands(right) - demands(left))
  return ({ method, query, headers, address }) => {
    const level: Level = address.bucket === undefined ? 'service' : address.key === undefined ? 'bucket' : 'object'
    const given = readParameters(query)
    const fitting = candidates.filter(
      it =>
        it.method === method &&
        it.level === level &&
        it.literals.every(([name, value]) => given.get(name)?.[0] === value) &&
        it.queries.every(name => given.has(name)) &&
        it.headers.every(name => headers[name] !== undefined),
    )
    const most = fitting.filter(it => demands(it) === demands(fitting[0]!))
    const id = given.get('x-id')?.[0]
    return (most.find(it => it.id === id) ?? most[0])?.schema
  }
}

const demands = ({ literals, queries, headers }: Candidate): number => literals.length + queries.length + headers.length

const candidate = (schema: OperationSchema, [method, uri]: NonNullable<OperationSchema['http']>): Candidate => {
  const members = schema.input.kind === 'structure' ? schema.input.members : []
  const labels = members.filter(({ traits }) => traits.httpLabel !== undefined).map(({ name }) => name)
  const fixed = [...readParameters(uri.split('?')[1] ?? '')].map(([name, values]) => [name, values[0] ?? ''] as const)
  const required = members.filter(member => member.required)
  return {
    schema,
    method,
    level: labels.includes('Key') ? 'object' : labels.includes('Bucket') ? 'bucket' : 'service',
    literals: fixed.filter(([name]) => name !== 'x-id'),
    queries: required.flatMap(({ traits }) => traits.httpQuery ?? []),
    headers: required.flatMap(({ traits }) => traits.httpHeader?.toLowerCase() ?? []),
    id: fixed.find(([name]) => name === 'x-id')?.[1],
  }
}
