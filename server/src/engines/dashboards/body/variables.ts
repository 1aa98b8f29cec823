import { isObject } from '../../../base/is-object.ts'
import { array, boolean, type Check, object, oneOf, string } from './checks.ts'

const scalar: Check = (value, at, findings) => {
  if (typeof value === 'string') string({ max: 255 })(value, at, findings)
  else if (typeof value !== 'number' && typeof value !== 'boolean') findings.error(at, 'Should be string')
}

const members = object(
  {
    type: oneOf('property', 'pattern'),
    property: string(),
    pattern: string(),
    inputType: oneOf('input', 'select', 'radio'),
    id: string({ max: 32, pattern: /^[0-9A-Za-z_-]+$/ }),
    label: string({ max: 30 }),
    values: array(object({ value: scalar, label: string() }, ['value']), { min: 1, max: 500 }),
    search: string({ max: 2048 }),
    populateFrom: string(),
    defaultValue: scalar,
    visible: boolean,
  },
  ['type', 'inputType', 'id'],
)

const variable: Check = (value, at, findings) => {
  members(value, at, findings)
  if (!isObject(value)) return
  const { type, inputType } = value
  if ((type === 'property' || type === 'pattern') && !Object.hasOwn(value, type)) {
    findings.error(at, `Should have required property '${type}'`)
  }
  if (inputType !== 'input' && value['values'] === undefined && value['search'] === undefined) {
    findings.error(at, "Should have required property 'values'")
  }
  if (value['search'] !== undefined && value['populateFrom'] === undefined) {
    findings.error(at, "Should have required property 'populateFrom'")
  }
}

/** At most 25. */
export const variables = array(variable, { max: 25 })
