import { expect, test } from 'vitest'
import { region, type Tenant } from '../../src/base/tenancy.ts'
import { OURS } from '../temporary-control.ts'
import { commandsOf } from './example-commands.ts'
import { Story } from './story.ts'
import { WatchedSystem } from './watched-system.ts'

const SYDNEY: Tenant = { account: OURS.account, region: region('ap-southeast-2') }
const of = (alarm: string): string => `FlowComply-${alarm}`

test('flowcomply: every alarm goes off and is over, and says so', async () => {
  const commands = await commandsOf('alarms/flowcomply', { args: ['on-call@flowcomply.example'], environment: { WEBHOOK_URL: 'http://receiver.example/', AWS_REGION: SYDNEY.region } })
  const system = await WatchedSystem.open('2026-03-02T08:00:00Z', commands, SYDNEY)
  const story = await Story.begin(system, {
    [of('ApiErrorRate')]: { errors: 0, requests: 900 },
    [of('NoHealthyBackend')]: 2,
    [of('DatabaseDown')]: 25,
    [of('DatabaseStorage')]: 40e9,
    [of('ResponseTimeP95')]: [0.08, 0.11, 0.2],
    [of('BackendCpu')]: 41,
    [of('BackendMemory')]: 58,
    [of('DatabaseCpu')]: 22,
    [of('CacheMemory')]: 47,
    [of('CacheHitRate')]: 93,
    [of('WafBlocked')]: 1,
  })
  const alarm = (name: string, reading: Parameters<WatchedSystem['report']>[1], within?: number): Promise<void> =>
    story.alarm(of(name), { readings: { [of(name)]: reading }, ...(within === undefined ? {} : { within }) })
  await alarm('ApiErrorRate', { errors: 70, requests: 900 })
  await alarm('NoHealthyBackend', 0)
  await alarm('DatabaseDown', 0)
  await alarm('DatabaseStorage', 4.2e9)
  await alarm('ResponseTimeP95', [0.08, 0.11, 0.9])
  await alarm('BackendCpu', 97)
  await alarm('BackendMemory', 88.5)
  await alarm('DatabaseCpu', 81)
  await alarm('CacheMemory', 91)
  await alarm('CacheHitRate', 55, 45)
  await alarm('WafBlocked', 60)
  await system.close()
  await expect(story.text).toMatchFileSnapshot('flowcomply.txt')
}, 60_000)
