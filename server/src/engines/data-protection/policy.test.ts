import { describe, expect, test } from 'vitest'
import { PolicyProblem, parsePolicy } from './policy.ts'

const ARN = 'arn:aws:dataprotection::aws:data-identifier/'
const policy = (changes: object = {}, identifiers: readonly unknown[] = [`${ARN}EmailAddress`, `${ARN}Ssn-US`]): Record<string, unknown> => ({
  Name: 'data-protection-policy',
  Description: 'd',
  Version: '2021-06-01',
  Statement: [
    { Sid: 'audit', DataIdentifier: identifiers, Operation: { Audit: { FindingsDestination: { CloudWatchLogs: { LogGroup: 'findings' } } } } },
    { Sid: 'mask', DataIdentifier: identifiers, Operation: { Deidentify: { MaskConfig: {} } } },
  ],
  ...changes,
})
const statement = (at: 0 | 1, change: object): object => {
  const statements = policy()['Statement'] as readonly object[]
  return { Statement: statements.map((value, index) => (index === at ? { ...value, ...change } : value)) }
}

test('what a policy asks for', () => {
  const custom = { CustomDataIdentifier: [{ Name: 'Mrn', Regex: 'MRN-\\d{8}' }, { Name: 'Unused', Regex: 'x' }] }
  const identifiers = ['Mrn', `${ARN}EmailAddress`, `${ARN}PhoneNumber-US`]
  expect(parsePolicy(JSON.stringify(policy({ Configuration: custom }, identifiers)))).toEqual({
    managedIdentifiers: ['EmailAddress', 'PhoneNumber-US'],
    customIdentifiers: [{ name: 'Mrn', regex: 'MRN-\\d{8}' }],
    auditDestinations: [{ kind: 'CloudWatchLogs', name: 'findings' }],
  })
})

test.each<[string, object, readonly object[]]>([
  ['nowhere', { FindingsDestination: {} }, []],
  ['nowhere, said so', { NoFindingsDestination: {} }, []],
  ['everywhere', { FindingsDestination: { S3: { Bucket: 'b' }, Firehose: { DeliveryStream: 'f' } } }, [{ kind: 'S3', name: 'b' }, { kind: 'Firehose', name: 'f' }]],
])('findings go %s', (_name, audit, destinations) => {
  expect(parsePolicy(JSON.stringify(policy(statement(0, { Operation: { Audit: audit } })))).auditDestinations).toEqual(destinations)
})

test('the order of identifiers, and which statement comes first, do not matter', () => {
  const [audit, mask] = policy()['Statement'] as [object, object]
  expect(parsePolicy(JSON.stringify(policy({ Statement: [{ ...mask, DataIdentifier: [`${ARN}Ssn-US`, `${ARN}EmailAddress`] }, audit] }))).managedIdentifiers).toEqual(['EmailAddress', 'Ssn-US'])
})

describe('refusals', () => {
  const custom = (Name: unknown, Regex: unknown) => ({ Configuration: { CustomDataIdentifier: [{ Name, Regex }] } })
  const mask = statement(1, {}) as { Statement: readonly object[] }
  test.each<[string, object, RegExp]>([
    ['a name with blanks', { Name: 'a b' }, /Policy Name can only include/],
    ['no name', { Name: undefined }, /Policy Name/],
    ['another version', { Version: '2012-10-17' }, /^Policy Version must be 2021-06-01$/],
    ['no statements', { Statement: [] }, /^Policy can only have two statements. One for Audit Operation and one for Deidentify Operation$/],
    ['statements that are no list', { Statement: {} }, /Statement must be a list/],
    ['one statement', { Statement: mask.Statement.slice(1) }, /^Policy can only have two statements/],
    ['three statements', { Statement: [...mask.Statement, mask.Statement[0]] }, /^Policy can only have two statements/],
    ['two audits', { Statement: [mask.Statement[0], mask.Statement[0]] }, /^Policy can only have two statements/],
    ['lists that differ', statement(0, { DataIdentifier: [`${ARN}EmailAddress`] }), /^Audit Statement and Deidentify Statement must have the same Data Identifiers$/],
    ['an identifier twice', statement(0, { DataIdentifier: [`${ARN}EmailAddress`, `${ARN}EmailAddress`] }), /more than once/],
    ['no identifiers', statement(0, { DataIdentifier: [] }), /must not be empty/],
    ['an identifier that is not known', statement(0, { DataIdentifier: [`${ARN}Shoe-Size`] }), /data-identifier\/Shoe-Size is not a valid Data Identifier/],
    ['an identifier without its country', statement(0, { DataIdentifier: [`${ARN}Ssn`] }), /Ssn is not a valid Data Identifier/],
    ['an id without its ARN', statement(0, { DataIdentifier: ['EmailAddress'] }), /^EmailAddress is not a valid Data Identifier$/],
    ['an identifier that is no text', statement(0, { DataIdentifier: [7] }), /list of strings/],
    ['an operation that is not known', statement(0, { Operation: { Deny: {} } }), /either Audit or Deidentify/],
    ['both operations', statement(0, { Operation: { Audit: { FindingsDestination: {} }, Deidentify: { MaskConfig: {} } } }), /either Audit or Deidentify/],
    ['a mask of its own', statement(1, { Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } } }), /^MaskWithCharacter is not a valid field$/],
    ['no mask', statement(1, { Operation: { Deidentify: {} } }), /MaskConfig must be an object/],
    ['no destination', statement(0, { Operation: { Audit: {} } }), /FindingsDestination must be an object/],
    ['an unknown destination', statement(0, { Operation: { Audit: { FindingsDestination: { Kafka: {} } } } }), /Unknown FindingsDestination: Kafka/],
    ['a destination without a name', statement(0, { Operation: { Audit: { FindingsDestination: { S3: {} } } } }), /must name a Bucket/],
    ['a custom name with a blank', custom('a b', 'x'), /custom data identifier must be/],
    ['a custom name that is too long', custom('x'.repeat(129), 'x'), /1 to 128/],
    ['the name of a managed one', custom('EmailAddress', 'x'), /name of a managed one/],
    ['a regex that is too long', custom('a', 'x'.repeat(201)), /1 to 200/],
    ['a regex that is none', custom('a', '['), /regex of a is not valid/],
    ['a regex that RE2 has not', custom('a', '(a)\\1'), /regex of a is not valid/],
    ['eleven custom ones', { Configuration: { CustomDataIdentifier: Array.from({ length: 11 }, (_, n) => ({ Name: `n${n}`, Regex: 'x' })) } }, /at most 10/],
    ['a custom name twice', { Configuration: { CustomDataIdentifier: [{ Name: 'a', Regex: 'x' }, { Name: 'a', Regex: 'y' }] } }, /same name/],
    ['too many characters', { Description: 'x'.repeat(30_720) }, /longer than 30720/],
  ])('%s', (_name, changes, message) => {
    const parse = () => parsePolicy(JSON.stringify(policy(changes)))
    expect(parse).toThrow(PolicyProblem)
    expect(parse).toThrow(message)
  })

  test.each(['', '[]', 'null', '{', '"x"', '{"Statement":null}'])('no policy at all: %s', text => {
    expect(() => parsePolicy(text)).toThrow(PolicyProblem)
  })
})
