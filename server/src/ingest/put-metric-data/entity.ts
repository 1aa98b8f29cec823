import type { Entity } from '@aws-sdk/client-cloudwatch'
import type { EntityFailure } from '../../model/metric-intake.ts'

const ALLOWED_KEYS: ReadonlySet<string> = new Set(['Type', 'ResourceType', 'Identifier', 'Name', 'Environment'])

/** Which other key attributes each type needs (user guide, "How to add related information to telemetry"). */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['AWS::Resource', ['ResourceType', 'Identifier']],
  ['Resource', ['ResourceType', 'Identifier']],
  ['AWS::Service', ['Name']],
  ['Service', ['Name', 'Environment']],
  ['RemoteService', ['Name']],
])

/** What is wrong with an entity, as AWS words it in `X-Amzn-Failure-Message`; undefined for a valid one. */
export const entityFailure = (entity: Entity | undefined): EntityFailure | undefined => {
  const keys = entity?.KeyAttributes
  if (entity === undefined || keys === undefined) return 'InvalidEntity'
  const pairs = Object.entries(keys)
  if (pairs.length < 2 || pairs.length > 4) return 'InvalidKeyAttributes'
  if (!pairs.every(([key, value]) => ALLOWED_KEYS.has(key) && fits(key, 32) && fits(value, 2048))) return 'InvalidKeyAttributes'
  const type = keys['Type']
  if (type === undefined) return 'MissingRequiredFields'
  const required = REQUIRED.get(type)
  if (required === undefined) return 'InvalidTypeValue'
  if (!required.every(key => keys[key] !== undefined)) return 'MissingRequiredFields'
  const attributes = Object.entries(entity.Attributes ?? {})
  if (attributes.length > 10 || !attributes.every(([key, value]) => fits(key, 256) && fits(value, 2048))) return 'InvalidAttributes'
  return undefined
}

const fits = (text: string, limit: number): boolean => typeof text === 'string' && text.length >= 1 && text.length <= limit
