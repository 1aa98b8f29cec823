/** What telemetry is about, as requests name it. */
export interface EntityParts {
  readonly keys: Readonly<Record<string, string>> | undefined
  readonly attributes: Readonly<Record<string, string>> | undefined
}

/** What can be wrong with an entity; what it comes with is stored all the same. */
export type EntityFailure =
  | 'InvalidEntity'
  | 'InvalidKeyAttributes'
  | 'InvalidAttributes'
  | 'InvalidTypeValue'
  | 'EntitySizeTooLarge'
  | 'MissingRequiredFields'

/** `AwsAccountId` is not documented; Fluent Bit sends it. */
const ALLOWED_KEYS: ReadonlySet<string> = new Set(['Type', 'ResourceType', 'Identifier', 'Name', 'Environment', 'AwsAccountId'])

/** Which other key attributes each type needs (user guide, "How to add related information to telemetry"). */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::Resource', ['ResourceType', 'Identifier']],
  ['Resource', ['ResourceType', 'Identifier']],
  ['AWS::Service', ['Name']],
  ['Service', ['Name', 'Environment']],
  ['RemoteService', ['Name']],
])

/** Undefined for a valid one. `valueLimit`: the longest value, in UTF-16 code units. */
export const entityFailure = (entity: EntityParts | undefined, valueLimit: number): EntityFailure | undefined => {
  const keys = entity?.keys
  if (entity === undefined || keys === undefined) return 'InvalidEntity'
  const pairs = Object.entries(keys)
  if (pairs.length < 2 || pairs.length > 4) return 'InvalidKeyAttributes'
  if (!pairs.every(([key, value]) => ALLOWED_KEYS.has(key) && fits(key, 32) && fits(value, valueLimit))) return 'InvalidKeyAttributes'
  const type = keys['Type']
  if (type === undefined) return 'MissingRequiredFields'
  const required = REQUIRED.get(type)
  if (required === undefined) return 'InvalidTypeValue'
  if (!required.every(key => keys[key] !== undefined)) return 'MissingRequiredFields'
  const attributes = Object.entries(entity.attributes ?? {})
  if (attributes.length > 10 || !attributes.every(([key, value]) => fits(key, 256) && fits(value, valueLimit))) return 'InvalidAttributes'
  return undefined
}

const fits = (text: string, limit: number): boolean => typeof text === 'string' && text.length >= 1 && text.length <= limit
