import { NormalizedSchema } from '@smithy/core/schema'
import { isDouble } from './doubles.ts'
import { perShape } from './per-shape.ts'

/**
 * An AWS shape, prepared once from the schema that the SDK exports: what a reader or writer needs without asking the
 * schema again for every request. Shapes may be recursive, so nested ones are reached through getters.
 */
export type Shape = StructureShape | ListShape | MapShape | SimpleShape

export interface StructureShape {
  readonly kind: 'structure'
  readonly name: string
  readonly namespace: string
  readonly union: boolean
  readonly members: readonly Member[]
  readonly byName: ReadonlyMap<string, Member>
  readonly traits: Traits
}

export interface Member {
  readonly name: string
  readonly required: boolean
  readonly shape: Shape
  /** The member's own traits over those of its target. */
  readonly traits: Traits
}

export interface ListShape {
  readonly kind: 'list'
  readonly item: Shape
  readonly itemTraits: Traits
  readonly traits: Traits
}

export interface MapShape {
  readonly kind: 'map'
  readonly keyTraits: Traits
  readonly value: Shape
  readonly valueTraits: Traits
  readonly traits: Traits
}

export interface SimpleShape {
  readonly kind: 'string' | 'number' | 'boolean' | 'blob' | 'timestamp' | 'bigint' | 'decimal' | 'document' | 'unit'
  /** Timestamps only: the format that the model fixes, or undefined for the protocol's own. */
  readonly format?: TimestampFormat | undefined
  /** Numbers only: a double, also when its value is whole. */
  readonly double?: true
}

type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds'

/** The traits that the protocols here look at; the names are Smithy's. */
export interface Traits {
  readonly xmlName?: string
  readonly xmlFlattened?: unknown
  /** The member is an attribute of its structure's element. */
  readonly xmlAttribute?: unknown
  readonly xmlNamespace?: string | readonly [prefix: string, uri: string]
  readonly jsonName?: string
  readonly sparse?: unknown
  readonly http?: readonly [method: string, uri: string, status: number]
  readonly httpQuery?: string
  readonly httpLabel?: unknown
  readonly httpHeader?: string
  readonly httpPayload?: unknown
  readonly streaming?: unknown
  readonly httpQueryParams?: unknown
  readonly httpPrefixHeaders?: string
  readonly httpResponseCode?: unknown
  readonly httpError?: number
  readonly error?: 'client' | 'server'
  readonly awsQueryError?: readonly [code: string, status: number]
}

export interface OperationSchema {
  readonly name: string
  /** e.g. `com.amazonaws.cloudwatch` */
  readonly namespace: string
  readonly input: Shape
  readonly output: Shape
  readonly http: Traits['http']
}

type RawOperation = readonly [kind: 9, namespace: string, name: string, traits: Traits | number, input: unknown, output: unknown]

const shapes = new WeakMap<object, Shape>()
/** Simple shapes, and lists and maps of them, are numbers (or the word `unit`) in the SDK's notation. */
const shapesByNumber = new Map<unknown, Shape>()
const operations = new WeakMap<object, OperationSchema>()

/** The operation's schema out of those that AWS publishes for its service, or undefined when the model does not know it. */
export const operationSchema = (exports: Readonly<Record<string, unknown>>, name: string): OperationSchema | undefined => {
  const raw = Object.hasOwn(exports, `${name}$`) ? exports[`${name}$`] : undefined
  if (!isRawOperation(raw)) return undefined
  const known = operations.get(raw)
  if (known !== undefined) return known
  const [, namespace, operationName, traits, input, output] = raw
  const schema: OperationSchema = {
    name: operationName,
    namespace,
    input: shapeOf(input),
    output: shapeOf(output),
    http: typeof traits === 'object' ? traits.http : undefined,
  }
  operations.set(raw, schema)
  return schema
}

/** A structure (an error's, mostly) out of a service's schemas. */
export const structureShape = (exports: Readonly<Record<string, unknown>>, name: string): StructureShape | undefined => {
  const raw = Object.hasOwn(exports, `${name}$`) ? exports[`${name}$`] : undefined
  if (!Array.isArray(raw) || (raw[0] !== 3 && raw[0] !== -3)) return undefined
  const shape = shapeOf(raw)
  return shape.kind === 'structure' ? shape : undefined
}

/** `raw` is anything that the SDK's packages use as a schema. */
const shapeOf = (raw: unknown): Shape => prepare(NormalizedSchema.of(raw as Parameters<typeof NormalizedSchema.of>[0]))

const isRawOperation = (raw: unknown): raw is RawOperation => Array.isArray(raw) && raw[0] === 9

/** The SDK's number for a timestamp format. */
const FORMATS: Readonly<Record<number, TimestampFormat | undefined>> = { 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' }

const SIMPLE = {
  string: { kind: 'string' },
  number: { kind: 'number' },
  double: { kind: 'number', double: true },
  boolean: { kind: 'boolean' },
  blob: { kind: 'blob' },
  bigint: { kind: 'bigint' },
  decimal: { kind: 'decimal' },
  document: { kind: 'document' },
  unit: { kind: 'unit' },
} as const satisfies Record<string, SimpleShape>

const prepare = (schema: NormalizedSchema): Shape => {
  const raw: unknown = schema.getSchema()
  // A member's traits live with the member, so the target's shape is shared by all members that point to it.
  const byReference = typeof raw === 'object' && raw !== null
  const known = byReference ? shapes.get(raw) : shapesByNumber.get(raw)
  if (known !== undefined) return known
  const shape = build(schema, raw)
  if (byReference) shapes.set(raw, shape)
  else shapesByNumber.set(raw, shape)
  return shape
}

const build = (schema: NormalizedSchema, raw: unknown): Shape => {
  if (schema.isStructSchema()) return structure(schema, raw as RawStructure)
  if (schema.isListSchema()) {
    const item = schema.getValueSchema()
    return {
      kind: 'list',
      get item() {
        return prepare(item)
      },
      itemTraits: traitsOf(item),
      traits: schema.getOwnTraits() as Traits,
    }
  }
  if (schema.isMapSchema()) {
    const value = schema.getValueSchema()
    return {
      kind: 'map',
      keyTraits: traitsOf(schema.getKeySchema()),
      get value() {
        return prepare(value)
      },
      valueTraits: traitsOf(value),
      traits: schema.getOwnTraits() as Traits,
    }
  }
  if (schema.isTimestampSchema()) return { kind: 'timestamp', format: FORMATS[raw as number] }
  if (schema.isBlobSchema()) return SIMPLE.blob
  if (schema.isStringSchema()) return SIMPLE.string
  if (schema.isNumericSchema()) return SIMPLE.number
  if (schema.isBooleanSchema()) return SIMPLE.boolean
  if (schema.isBigIntegerSchema()) return SIMPLE.bigint
  if (schema.isBigDecimalSchema()) return SIMPLE.decimal
  if (schema.isDocumentSchema()) return SIMPLE.document
  if (schema.isUnitSchema()) return SIMPLE.unit
  throw new TypeError(`unknown kind of schema: ${schema.getName(true)}`)
}

/** The last element counts the required members, which stand first. */
type RawStructure = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  names: readonly string[],
  schemas: readonly unknown[],
  required?: number,
]

const structure = (schema: NormalizedSchema, raw: RawStructure): StructureShape => {
  const required = raw[6] ?? 0
  const members: readonly Member[] = [...schema.structIterator()].map(([name, member], index) => ({
    name,
    required: index < required,
    get shape() {
      return isDouble(raw[1], name) ? doubled(prepare(member)) : prepare(member)
    },
    traits: traitsOf(member),
  }))
  return {
    kind: 'structure',
    name: raw[2],
    namespace: raw[1],
    union: schema.isUnionSchema(),
    members,
    byName: new Map(members.map(member => [member.name, member])),
    traits: schema.getOwnTraits() as Traits,
  }
}

/** The shape with doubles where it has numbers: itself, a list's items, a map's values. */
const doubled = perShape((shape: Shape): Shape => {
  switch (shape.kind) {
    case 'number':
      return SIMPLE.double
    case 'list':
      return { ...shape, item: doubled(shape.item) }
    case 'map':
      return { ...shape, value: doubled(shape.value) }
    default:
      return shape
  }
})

const traitsOf = (schema: NormalizedSchema): Traits => schema.getMergedTraits() as Traits
