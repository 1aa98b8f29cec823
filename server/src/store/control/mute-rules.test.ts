import { expect, test } from 'vitest'
import { muteRuleArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import { ELSEWHERE, OURS, START, THEIRS, temporaryControl } from '../../../test/temporary-control.ts'
import type { MuteRuleChange } from './mute-rules.ts'

const rule = (tenant: Tenant, name: string, changes: Partial<MuteRule> = {}): MuteRule => ({
  tenant, arn: muteRuleArn(tenant, name), name, description: undefined, expression: 'at(2026-01-01T00:00)', duration: 'PT1H', timeZone: undefined,
  alarmNames: ['cpu'], startDate: undefined, expireDate: undefined, updatedAt: START, ...changes,
})

test('kept by tenant and name, with the tags of their creation', async () => {
  const { store: { muteRules, tags } } = temporaryControl()
  const ours = rule(OURS, 'b', { description: 'd', timeZone: 'UTC', startDate: START, expireDate: epochMillis(START + 1) })
  await muteRules.put(ours, { a: '1' })
  for (const tenant of [ELSEWHERE, THEIRS]) await muteRules.put(rule(tenant, 'b'), {})
  await muteRules.put(rule(OURS, 'B'), {})
  expect(await muteRules.get(OURS, 'b')).toEqual(ours)
  expect((await muteRules.list(OURS)).map(({ name }) => name)).toEqual(['B', 'b'])
  expect(await muteRules.all()).toHaveLength(4)
  await muteRules.put(rule(OURS, 'b', { alarmNames: ['disk'] }), { a: '2' })
  expect(await muteRules.get(OURS, 'b')).toMatchObject({ alarmNames: ['disk'] })
  expect(await tags.get(OURS, ours.arn)).toEqual({ a: '1' })
  await muteRules.delete(OURS, 'b')
  expect(await muteRules.get(OURS, 'b')).toBeUndefined()
  expect(await tags.get(OURS, ours.arn)).toEqual({})
  expect(await muteRules.get(THEIRS, 'b')).toBeDefined()
})

test('tells what changed', async () => {
  const { store: { muteRules } } = temporaryControl()
  const changes: MuteRuleChange[] = []
  muteRules.onChange(change => changes.push(change))
  await muteRules.put(rule(OURS, 'a'), {})
  await muteRules.put(rule(OURS, 'a', { duration: 'PT2H' }), {})
  await muteRules.delete(OURS, 'a')
  await muteRules.delete(OURS, 'a')
  expect(changes.map(({ from, to }) => [from?.duration, to?.duration])).toEqual([[undefined, 'PT1H'], ['PT1H', 'PT2H'], ['PT2H', undefined]])
})
