import { CustomPattern, PatternProblem } from './custom-pattern.ts'
import { identifierById } from './registry.ts'

/** What a data protection policy asks for. */
export interface DataProtectionPolicy {
  /** Ids, without the ARN before them. */
  readonly managedIdentifiers: readonly string[]
  readonly customIdentifiers: readonly { readonly name: string; readonly regex: string }[]
  readonly auditDestinations: readonly AuditDestination[]
}

/** Where findings are reported, besides the metric. */
export interface AuditDestination {
  readonly kind: 'CloudWatchLogs' | 'Firehose' | 'S3'
  /** The name of the log group, delivery stream or bucket. */
  readonly name: string
}

/** The policy is refused; `message` says why. */
export class PolicyProblem extends Error {
  override readonly name = 'PolicyProblem'
}

/** Characters of a policy, as it is sent. */
const CHARACTERS = 30_720
const CUSTOM = 10
const CUSTOM_NAME = /^[A-Za-z0-9_-]{1,128}$/
const CUSTOM_REGEX = 200
const POLICY_NAME = /^[A-Za-z0-9_-]+$/
const VERSION = '2021-06-01'
const ARN = /^arn:aws(?:-[a-z-]+)?:dataprotection::aws:data-identifier\/(.+)$/

/** Reads a policy document. Throws {@link PolicyProblem} where CloudWatch Logs would refuse it. */
export const parsePolicy = (document: string): DataProtectionPolicy => {
  if (document.length > CHARACTERS) throw new PolicyProblem(`The data protection policy is longer than ${CHARACTERS} characters.`)
  const policy = objectOf(parseJson(document), 'The data protection policy')
  const name = policy['Name']
  if (typeof name !== 'string' || !POLICY_NAME.test(name)) throw new PolicyProblem('Policy Name can only include alphanumeric characters, hyphens (-) and underscores (_)')
  if (policy['Version'] !== VERSION) throw new PolicyProblem(`Policy Version must be ${VERSION}`)
  const customs = customIdentifiersOf(policy['Configuration'])
  const statements = listOf(policy['Statement'], 'Statement').map(value => statementOf(objectOf(value, 'A statement'), customs))
  const audits = statements.filter(({ audit }) => audit !== undefined)
  const masks = statements.filter(({ audit }) => audit === undefined)
  const [audit] = audits
  const [mask] = masks
  if (audit === undefined || mask === undefined || statements.length !== 2) {
    throw new PolicyProblem('Policy can only have two statements. One for Audit Operation and one for Deidentify Operation')
  }
  if (!sameSet(audit.identifiers, mask.identifiers)) throw new PolicyProblem('Audit Statement and Deidentify Statement must have the same Data Identifiers')
  return {
    managedIdentifiers: audit.identifiers.filter(each => ARN.test(each)).map(idOf),
    customIdentifiers: customs.filter(custom => audit.identifiers.includes(custom.name)),
    auditDestinations: audit.audit ?? [],
  }
}

interface Statement {
  readonly identifiers: readonly string[]
  /** Undefined: the statement masks. */
  readonly audit: readonly AuditDestination[] | undefined
}

const statementOf = (statement: Fields, customs: DataProtectionPolicy['customIdentifiers']): Statement => {
  const identifiers = listOf(statement['DataIdentifier'], 'DataIdentifier').map(value => identifierOf(value, customs))
  if (identifiers.length === 0) throw new PolicyProblem('DataIdentifier must not be empty.')
  if (new Set(identifiers).size !== identifiers.length) throw new PolicyProblem('DataIdentifier names an identifier more than once.')
  const operation = objectOf(statement['Operation'], 'Operation')
  const [kind, ...more] = Object.keys(operation)
  if (more.length > 0 || (kind !== 'Audit' && kind !== 'Deidentify')) throw new PolicyProblem('Operation must have either Audit or Deidentify.')
  const settings = objectOf(operation[kind], kind)
  if (kind === 'Audit') return { identifiers, audit: destinationsOf(settings) }
  const mask = objectOf(settings['MaskConfig'], 'MaskConfig')
  const [unknown] = Object.keys(mask)
  if (unknown !== undefined) throw new PolicyProblem(`${unknown.slice(0, 200)} is not a valid field`)
  return { identifiers, audit: undefined }
}

const identifierOf = (value: unknown, customs: DataProtectionPolicy['customIdentifiers']): string => {
  if (typeof value !== 'string') throw new PolicyProblem('DataIdentifier must be a list of strings.')
  const known = ARN.test(value) ? identifierById(idOf(value)) !== undefined : customs.some(({ name }) => name === value)
  if (!known) throw new PolicyProblem(`${value.slice(0, 200)} is not a valid Data Identifier`)
  return value
}

const idOf = (arn: string): string => ARN.exec(arn)?.[1] ?? ''

/** `FindingsDestination` may be empty, or stand as `NoFindingsDestination`. */
const destinationsOf = (settings: Fields): readonly AuditDestination[] => {
  if (settings['FindingsDestination'] === undefined && settings['NoFindingsDestination'] !== undefined) return []
  const destinations = objectOf(settings['FindingsDestination'], 'FindingsDestination')
  return Object.entries(destinations).map(([kind, value]) => {
    const member = Object.hasOwn(DESTINATIONS, kind) ? DESTINATIONS[kind as AuditDestination['kind']] : undefined
    if (member === undefined) throw new PolicyProblem(`Unknown FindingsDestination: ${kind.slice(0, 200)}`)
    const name = objectOf(value, kind)[member]
    if (typeof name !== 'string' || name === '') throw new PolicyProblem(`FindingsDestination ${kind} must name a ${member}.`)
    return { kind: kind as AuditDestination['kind'], name }
  })
}

const DESTINATIONS: Readonly<Record<AuditDestination['kind'], string>> = { CloudWatchLogs: 'LogGroup', Firehose: 'DeliveryStream', S3: 'Bucket' }

const customIdentifiersOf = (configuration: unknown): DataProtectionPolicy['customIdentifiers'] => {
  if (configuration === undefined) return []
  const list = objectOf(configuration, 'Configuration')['CustomDataIdentifier']
  const customs = (list === undefined ? [] : listOf(list, 'CustomDataIdentifier')).map(value => customOf(objectOf(value, 'CustomDataIdentifier')))
  if (customs.length > CUSTOM) throw new PolicyProblem(`A data protection policy has at most ${CUSTOM} custom data identifiers.`)
  const names = customs.map(({ name }) => name)
  if (new Set(names).size !== names.length) throw new PolicyProblem('Two custom data identifiers have the same name.')
  return customs
}

const customOf = (custom: Fields): { readonly name: string; readonly regex: string } => {
  const name = custom['Name']
  const regex = custom['Regex']
  if (typeof name !== 'string' || !CUSTOM_NAME.test(name)) {
    throw new PolicyProblem('The name of a custom data identifier must be 1 to 128 alphanumeric characters, hyphens (-) and underscores (_).')
  }
  if (identifierById(name) !== undefined) throw new PolicyProblem(`A custom data identifier cannot have the name of a managed one: ${name}`)
  if (typeof regex !== 'string' || regex === '' || regex.length > CUSTOM_REGEX) throw new PolicyProblem(`The regex of ${name} must be 1 to ${CUSTOM_REGEX} characters.`)
  try {
    return { name, regex: new CustomPattern(regex).source }
  } catch (error) {
    if (error instanceof PatternProblem) throw new PolicyProblem(`The regex of ${name} is not valid: ${error.message}`)
    throw error
  }
}

type Fields = Readonly<Record<string, unknown>>

const objectOf = (value: unknown, what: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PolicyProblem(`${what} must be an object.`)
  return value as Fields
}

const listOf = (value: unknown, what: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new PolicyProblem(`${what} must be a list.`)
  return value
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new PolicyProblem('The data protection policy is not valid JSON.')
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every(value => b.includes(value))
