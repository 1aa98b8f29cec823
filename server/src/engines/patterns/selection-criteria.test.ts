import { expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { compileSelectionCriteria, SelectionCriteriaProblem } from './selection-criteria.ts'

const SOURCE = { account: accountId('123456789012'), region: region('us-east-1') }

test.each([
  ['', true],
  [' ', true],
  ['@aws.region = "us-east-1"', true],
  ['@aws.region = "eu-west-1"', false],
  ['@aws.region != "eu-west-1"', true],
  ['@aws.account IN ["123456789012", "987654321098"]', true],
  ["@aws.account IN ['987654321098']", false],
  ['@aws.account NOT IN ["987654321098"]', true],
  ['@aws.region = "x" AND @aws.account = "123456789012" OR @aws.region = "us-east-1"', true],
  ['@aws.region = "us-east-1" OR @aws.region = "x" AND @aws.account = "x"', true],
  ['(@aws.region = "us-east-1" OR @aws.region = "x") AND @aws.account = "x"', false],
])('%s', (text, expected) => {
  expect(compileSelectionCriteria(text)(SOURCE)).toBe(expected)
})

test.each([
  ['@aws.region', 'it ends too early, at character 11'],
  ['@aws.zone = "x"', "unexpected '@aws.zone', at character 0"],
  ['@aws.region = us-east-1', "Unexpected character '-', at character 16"],
  ['@aws.region = x', "unexpected 'x', at character 14"],
  ['@aws.region IN "x"', "unexpected '\"x\"', at character 15"],
  ['@aws.region IN []', "unexpected ']', at character 16"],
  ['@aws.region NOT "x"', "unexpected '\"x\"', at character 16"],
  ['@aws.region = "x" AND', 'it ends too early, at character 21'],
  ['@aws.region = "x" "y"', "unexpected '\"y\"', at character 18"],
  ['('.repeat(200), 'Too deeply nested, at character 101'],
])('%s is refused', (text, reason) => {
  expect(() => compileSelectionCriteria(text)).toThrow(new SelectionCriteriaProblem(`Invalid field selection criteria: ${reason}`))
})
