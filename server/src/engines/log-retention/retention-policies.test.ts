import { expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import { logGroupArn } from '../../base/arn.ts'
import type { LogGroup } from '../../model/log.ts'
import { readRetentionDocument } from './retention-document.ts'
import { readRetentionPolicy, retentionOf } from './retention-policies.ts'

const DAY = 86_400_000
const tenant = { account: accountId('111111111111'), region: region('us-east-1') }
/** Made on the tenth day, and by itself kept for a week. */
const group: LogGroup = {
  tenant, id: 1, name: '/app/a', arn: logGroupArn(tenant, '/app/a'), class: 'STANDARD', retentionDays: 7, kmsKeyId: undefined, deletionProtected: false, bearerTokens: false,
  createdAt: epochMillis(10 * DAY),
}
const rule = (retentionInDays: unknown, prefix?: string, enforcementMode = 'RETROACTIVE') => ({
  policyDocument: JSON.stringify({ retentionInDays, enforcementMode }),
  ...(prefix === undefined ? {} : { selectionCriteria: `LogGroupNamePrefix == "${prefix}"` }),
})
const policy = (policyName: string, createdDay: number, updatedDay: number, now: object, before?: ReturnType<typeof rule>) =>
  readRetentionPolicy({ policyName, ...(now as ReturnType<typeof rule>), ...(before === undefined ? {} : { before }) }, { createdAt: epochMillis(createdDay * DAY), updatedAt: epochMillis(updatedDay * DAY) })

test.each<[what: string, policies: ReturnType<typeof policy>[], days: number | undefined, name: string | undefined]>([
  ['without policies it is the group\'s own', [], 7, undefined],
  ['a policy goes before a longer or shorter one of the group', [policy('a', 1, 1, rule(30))], 30, 'a'],
  ['the longest goes first', [policy('a', 1, 1, rule(30)), policy('b', 2, 2, rule(90)), policy('c', 3, 3, rule(60))], 90, 'b'],
  ['for ever is longest', [policy('a', 1, 1, rule(3653)), policy('b', 2, 2, rule('NEVER_EXPIRE'))], undefined, 'b'],
  ['of equal ones the oldest', [policy('b', 2, 2, rule(30)), policy('a', 1, 5, rule(30))], 30, 'a'],
  ['of two without end the oldest', [policy('b', 2, 2, rule('NEVER_EXPIRE')), policy('a', 1, 5, rule('NEVER_EXPIRE'))], undefined, 'a'],
  ['others\' prefixes do not matter', [policy('a', 1, 1, rule(30, '/other')), policy('b', 1, 1, rule(60, '/app'))], 60, 'b'],
  ['new log groups alone', [policy('late', 11, 11, rule(30, undefined, 'NEW_ONLY'))], 7, undefined],
  ['new log groups alone, and this is one', [policy('early', 9, 9, rule(30, undefined, 'NEW_ONLY'))], 30, 'early'],
  ['it takes a day', [policy('a', 19.5, 19.5, rule(30))], 7, undefined],
  ['what was there holds for a day', [policy('a', 1, 19.5, rule(30), rule(90))], 90, 'a'],
  ['and then no more', [policy('a', 1, 19, rule(30), rule(90))], 30, 'a'],
])('%s', (_, policies, days, policyName) => {
  expect(retentionOf(group, policies, epochMillis(20 * DAY))).toEqual({ days, policyName })
})

test('groups of the delivery class keep their own', () => {
  expect(retentionOf({ ...group, class: 'DELIVERY' }, [policy('a', 1, 1, rule(30))], epochMillis(20 * DAY))).toEqual({ days: 7, policyName: undefined })
})

test.each([
  ['{', 'The policy document must be an object in JSON.'],
  ['[]', 'The policy document must be an object in JSON.'],
  ['{"retentionInDays":7,"enforcementMode":"NEW_ONLY"}', 'retentionInDays must be one of 30, 60, 90, '],
  ['{"retentionInDays":"30","enforcementMode":"NEW_ONLY"}', 'retentionInDays must be one of 30, 60, 90, '],
  ['{"retentionInDays":30}', 'enforcementMode must be NEW_ONLY or RETROACTIVE.'],
])('%s is refused', (text, says) => {
  expect(() => readRetentionDocument(text)).toThrow(says)
})
