import type { AddField } from './add-field.ts'
import { jsonFields } from './json-fields.ts'
import { lambdaFields } from './lambda-fields.ts'
import { route53Fields } from './route53-fields.ts'
import { vpcFlowFields } from './vpc-flow-fields.ts'

/** A field that was found in a log event. Booleans come as the texts `true` and `false`. */
export interface DiscoveredField {
  readonly name: string
  readonly value: string | number
}

/** AWS finds no more in one event. */
const MAX_FIELDS = 200

/**
 * The fields that CloudWatch Logs finds by itself: of JSON objects (flattened with dots, array members by their index; in a Lambda line
 * the first object in it), of Lambda's own lines, VPC flow logs and Route 53 query logs. Each name once, the first one wins.
 */
export const discoveredFields = (message: string): readonly DiscoveredField[] => {
  const found = new Map<string, DiscoveredField>()
  const add: AddField = (name, value) => {
    if (!found.has(name)) found.set(name, { name, value })
    return found.size < MAX_FIELDS
  }
  const json = message.indexOf('{')
  if (json < 0 || !jsonFields(message, json, add)) {
    vpcFlowFields(message, add)
    route53Fields(message, add)
  }
  lambdaFields(message, add)
  return [...found.values()]
}
