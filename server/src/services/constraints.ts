import { constraintViolations, validationError } from '../wire/fault.ts'

/**
 * The length, range, pattern and enum limits of AWS's published model, which the schemas of the SDK packages leave out,
 * and the texts in which AWS reports them: `Value '…' at 'alarmName' failed to satisfy constraint: Member must …`.
 */
export type Constraint =
  | { readonly kind: 'scalar'; readonly rules: readonly Rule[]; readonly unsaid?: boolean }
  | ListConstraint
  | StructureConstraint

interface ListConstraint {
  readonly kind: 'list'
  readonly rules: readonly Rule[]
  readonly member: Constraint | undefined
  readonly unsaid?: boolean
  readonly neverNull?: boolean
}

interface StructureConstraint {
  readonly kind: 'structure'
  readonly members: Readonly<Record<string, Constraint>>
  readonly required: readonly string[]
  readonly printed?: Printed | undefined
}

/** How AWS prints a structure: its class's name and all of its members, in this order. */
interface Printed {
  readonly name: string
  readonly members: readonly string[]
}

interface Rule {
  readonly says: string
  readonly holds: (value: unknown) => boolean
  /** The service has a sentence of its own for this, which then is all it says; given where the value stands. */
  readonly alone?: (path: string) => string
  readonly unsaid?: boolean
}

interface Violation {
  readonly text: string
  readonly alone?: boolean
}

/** Throws one `ValidationError` that names everything the input breaks. */
export const enforce = (constraint: Constraint, input: object): void => {
  const found = violations(constraint, input, '')
  const alone = found.find(violation => violation.alone)
  if (alone !== undefined) throw validationError(alone.text)
  if (found.length > 0) throw constraintViolations(found.map(({ text }) => text))
}

interface TextLimits {
  readonly min?: number
  readonly max?: number
  readonly pattern?: RegExp
  /** The pattern as AWS writes it, where we would not. */
  readonly patternText?: string
  /** A sentence of the service's own instead of the pattern: `It must contain only …`. */
  readonly rule?: string
  /** A whole sentence of the service's own for what is too long. */
  readonly tooLong?: string
  /** The service does not repeat the value. */
  readonly unsaid?: boolean
  /** It does not where the pattern is not met. */
  readonly patternUnsaid?: boolean
}

export const text = (limits: TextLimits = {}): Constraint => ({
  kind: 'scalar',
  rules: [
    ...lengthRules(limits, value => (typeof value === 'string' ? Array.from(value).length : 0)),
    ...(limits.pattern === undefined ? [] : [patternRule(limits.pattern, limits)]),
  ],
  unsaid: limits.unsaid ?? false,
})

export const oneOf = (values: readonly string[], { unsaid = false } = {}): Constraint => ({
  kind: 'scalar',
  rules: [{ says: `Member must satisfy enum value set: [${values.join(', ')}]`, holds: value => values.includes(String(value)) }],
  unsaid,
})

/** Every number in the model's limits is a whole one; the codecs let fractions through. */
export const integer = (limits: { min?: number; max?: number; unsaid?: boolean } = {}): Constraint => ({
  kind: 'scalar',
  rules: [
    { says: 'Member must be an integer', holds: Number.isSafeInteger },
    ...(limits.max === undefined ? [] : [bound('value less', limits.max, value => Number(value) <= limits.max!)]),
    ...(limits.min === undefined ? [] : [bound('value greater', limits.min, value => Number(value) >= limits.min!)]),
  ],
  unsaid: limits.unsaid ?? false,
})

interface ListLimits {
  readonly min?: number
  readonly max?: number
  /** The service does not repeat the list. */
  readonly unsaid?: boolean
  /** The service names this among the rules of plain members. */
  readonly neverNull?: boolean
}

export const list = (member: Constraint | undefined, { unsaid = false, neverNull = false, ...limits }: ListLimits = {}): Constraint => ({
  kind: 'list',
  rules: lengthRules(limits, value => (Array.isArray(value) ? value.length : 0)),
  member,
  unsaid,
  neverNull,
})

export const structure = (members: Readonly<Record<string, Constraint>>, required: readonly string[] = [], printed?: Printed): Constraint => ({
  kind: 'structure',
  members,
  required,
  printed,
})

const violations = (constraint: Constraint, value: unknown, path: string): readonly Violation[] => {
  switch (constraint.kind) {
    case 'scalar':
      return broken(constraint.rules, value).map(({ alone, says, unsaid }) =>
        alone === undefined ? report(constraint, value, path, says, unsaid) : { text: alone(path), alone: true },
      )
    case 'list':
      return [
        ...broken(constraint.rules, value).map(rule => report(constraint, value, path, rule.says)),
        ...memberViolations(constraint, value, path),
      ]
    case 'structure':
      return structureViolations(constraint.members, constraint.required, value, path)
  }
}

const structureViolations = (
  members: Readonly<Record<string, Constraint>>,
  required: readonly string[],
  value: unknown,
  path: string,
): readonly Violation[] => {
  const fields = value as Readonly<Record<string, unknown>>
  const at = (name: string): string => `${path === '' ? '' : `${path}.`}${name.charAt(0).toLowerCase()}${name.slice(1)}`
  const missing = required.filter(name => isAbsent(fields[name])).map(name => report(members[name], undefined, at(name), 'Member must not be null'))
  const present = Object.entries(members).filter(([name]) => !isAbsent(fields[name]))
  return [...missing, ...present.flatMap(([name, member]) => violations(member, fields[name], at(name)))]
}

/** AWS points at the member of a list of structures, but at the whole list when its members are plain values. */
const memberViolations = ({ member, neverNull = false }: ListConstraint, value: unknown, path: string): readonly Violation[] => {
  if (member === undefined || !Array.isArray(value)) return []
  if (member.kind !== 'scalar') return value.flatMap((item, index) => violations(member, item, `${path}.${index + 1}.member`))
  const everyRule = [...member.rules.map(rule => rule.says), ...(neverNull ? ['Member must not be null'] : [])].join(', ')
  const fits = value.every(item => broken(member.rules, item).length === 0)
  return fits ? [] : [report(member, value, path, `Member must satisfy constraint: [${everyRule}]`)]
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null

const broken = (rules: readonly Rule[], value: unknown): readonly Rule[] => rules.filter(rule => !rule.holds(value))

const report = (constraint: Constraint | undefined, value: unknown, path: string, says: string, unsaid = false): Violation => {
  const silent = unsaid || (constraint !== undefined && constraint.kind !== 'structure' && constraint.unsaid === true)
  return { text: `Value ${silent ? '' : `${shown(value, constraint)} `}at '${path}' failed to satisfy constraint: ${says}` }
}

/** AWS repeats the value whole; a hostile megabyte is cut here, and a query's text is not. */
const SHOWN_LENGTH = 10_240
const shown = (value: unknown, constraint: Constraint | undefined): string => {
  if (isAbsent(value)) return 'null'
  const member = constraint?.kind === 'list' ? constraint.member : undefined
  const full = Array.isArray(value) ? `[${value.slice(0, SHOWN_LENGTH).map(item => brief(item, member)).join(', ')}]` : brief(value, constraint)
  return `'${full.length > SHOWN_LENGTH ? `${full.slice(0, SHOWN_LENGTH)}…` : full}'`
}

/** Where it is not known how AWS prints a structure, its content helps more than a Java class's name. */
const brief = (value: unknown, constraint: Constraint | undefined): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const printed = constraint?.kind === 'structure' ? constraint.printed : undefined
  if (printed === undefined) return JSON.stringify(value)
  const members = value as Readonly<Record<string, unknown>>
  return `${printed.name}(${printed.members.map(name => `${name}=${isAbsent(members[name]) ? 'null' : brief(members[name], undefined)}`).join(', ')})`
}

const bound = (what: string, limit: number, holds: (value: unknown) => boolean): Rule => ({
  says: `Member must have ${what} than or equal to ${limit}`,
  holds,
})

const lengthRules = (limits: { min?: number; max?: number; tooLong?: string }, lengthOf: (value: unknown) => number): readonly Rule[] => [
  ...(limits.max === undefined ? [] : [{ ...bound('length less', limits.max, value => lengthOf(value) <= limits.max!), ...sentence(limits.tooLong) }]),
  ...(limits.min === undefined ? [] : [bound('length greater', limits.min, value => lengthOf(value) >= limits.min!)]),
]

const sentence = (text: string | undefined): Pick<Rule, 'alone'> => (text === undefined ? {} : { alone: () => text })

const patternRule = (pattern: RegExp, { patternText = pattern.source, patternUnsaid = false, rule }: TextLimits): Rule => {
  const whole = new RegExp(`^(?:${pattern.source})$`, 'su')
  return {
    says: rule ?? `Member must satisfy regular expression pattern: ${patternText}`,
    holds: value => typeof value === 'string' && whole.test(value),
    unsaid: patternUnsaid,
    ...(rule === undefined ? {} : { alone: (path: string) => `The specified value for ${path} is invalid. ${rule}` }),
  }
}
