import { isObject } from '../../../base/is-object.ts'
import type { Findings } from './findings.ts'

/*
 * The few kinds of rules that dashboard bodies need, with the messages of the JSON schema validator that AWS's service uses (ajv),
 * capitalised as there. None of them calls itself, so hostile nesting costs nothing.
 */

/** Looks at one value and reports what is wrong. */
export type Check = (value: unknown, at: string, findings: Findings) => void

export const anything: Check = () => undefined

export const boolean: Check = (value, at, findings) => {
  if (typeof value !== 'boolean') findings.error(at, 'Should be boolean')
}

export const string = ({ max, pattern }: { readonly max?: number; readonly pattern?: RegExp } = {}): Check => (value, at, findings) => {
  if (typeof value !== 'string') findings.error(at, 'Should be string')
  else if (max !== undefined && value.length > max) findings.error(at, `Should NOT be longer than ${max} characters`)
  else if (pattern !== undefined && !pattern.test(value)) findings.error(at, `Should match pattern "${pattern.source}"`)
}

export const number = ({ min, max }: { readonly min?: number; readonly max?: number } = {}): Check => (value, at, findings) => {
  if (typeof value !== 'number') findings.error(at, 'Should be number')
  else bounds(value, min, max, at, findings)
}

export const integer = ({ min, max }: { readonly min?: number; readonly max?: number } = {}): Check => (value, at, findings) => {
  if (!Number.isInteger(value)) findings.error(at, 'Should be integer')
  else bounds(Number(value), min, max, at, findings)
}

const bounds = (value: number, min: number | undefined, max: number | undefined, at: string, findings: Findings): void => {
  if (min !== undefined && value < min) findings.error(at, `Should be >= ${min}`)
  if (max !== undefined && value > max) findings.error(at, `Should be <= ${max}`)
}

export const oneOf = (...values: readonly unknown[]): Check => (value, at, findings) => {
  if (!values.includes(value)) findings.error(at, 'Should be equal to one of the allowed values')
}

export const array = (item: Check, { min = 0, max = Infinity }: { readonly min?: number; readonly max?: number } = {}): Check =>
  (value, at, findings) => {
    if (!Array.isArray(value)) findings.error(at, 'Should be array')
    else if (value.length > max) findings.error(at, `Should NOT have more than ${max} items`)
    else if (value.length < min) findings.error(at, `Should NOT have fewer than ${min} items`)
    else value.forEach((element, place) => item(element, `${at}/${place}`, findings))
  }

/** Members that nobody knows are stored, but not drawn: a warning. */
export const object = (members: Readonly<Record<string, Check>>, required: readonly string[] = []): Check => (value, at, findings) => {
  if (!isObject(value)) {
    findings.error(at, 'Should be object')
    return
  }
  for (const name of required) if (!Object.hasOwn(value, name)) findings.error(at, `Should have required property '${name}'`)
  for (const [name, member] of Object.entries(value)) {
    const path = `${at}/${pointer(name)}`
    if (Object.hasOwn(members, name)) members[name]!(member, path, findings)
    else findings.warning(path, 'Should NOT have additional properties')
  }
}

const LONGEST_NAME = 255

const pointer = (name: string): string => name.slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')
