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
  ['@aws.region'],
  ['@aws.zone = "x"'],
  ['@aws.region = us-east-1'],
  ['@aws.region = x'],
  ['@aws.region IN "x"'],
  ['@aws.region IN []'],
  ['@aws.region NOT "x"'],
  ['@aws.region = "x" AND'],
  ['@aws.region = "x" "y"'],
  ['('.repeat(200)],
])('%s is refused', text => {
  expect(() => compileSelectionCriteria(text)).toThrow(new SelectionCriteriaProblem('The provided field selection criteria is invalid'))
})
