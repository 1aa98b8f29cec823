import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AlarmHouse, TOPIC } from './alarm-house.ts'

const DAY = '2026-02-01T'
let house: AlarmHouse
beforeEach(async () => {
  house = await new AlarmHouse(`${DAY}00:00:00Z`).open()
})
afterEach(() => house.close())
const until = (time: string): Promise<void> => house.until(`${DAY}${time}Z`)
const arn = (name: string): string => `arn:aws:cloudwatch:us-east-1:111111111111:alarm:${name}`

describe('nested composite alarms', () => {
  beforeEach(async () => {
    await house.metric('cpu')
    await house.metric('disk')
    await house.composite('host', 'ALARM(cpu) OR ALARM("disk")')
    await house.composite('service', `ALARM("${arn('host')}") AND NOT ALARM(disk)`)
  })
  test('are evaluated as they are created', async () => {
    expect(await house.describe('host')).toMatchObject({
      StateValue: 'OK',
      StateReason: `${arn('host')} was created and its alarm rule evaluates to OK`,
      StateReasonData: expect.stringContaining(`"arn":"${arn('disk')}"`),
    })
    expect(await house.sent('host')).toEqual(['00:00:00 INSUFFICIENT_DATA -> OK'])
  })
  test('follow their children, and theirs', async () => {
    await until('00:01:00')
    await house.set('cpu', 'ALARM')
    expect(await house.describe('host')).toMatchObject({
      StateValue: 'ALARM',
      StateReason: `${arn('cpu')} transitioned to ALARM at Sunday 01 February, 2026 00:01:00 UTC`,
      StateReasonData: `{"triggeringAlarms":[{"arn":"${arn('cpu')}","state":{"value":"ALARM","timestamp":"2026-02-01T00:01:00.000+0000"}}]}`,
    })
    expect(await house.state('service')).toBe('ALARM')
    await until('00:02:00')
    await house.set('disk', 'ALARM')
    expect(await house.state('host')).toBe('ALARM')
    expect(await house.state('service')).toBe('OK')
    expect(await house.sent('host')).toEqual(['00:00:00 INSUFFICIENT_DATA -> OK', '00:01:00 OK -> ALARM'])
    expect(await house.sent('service')).toEqual(['00:00:00 INSUFFICIENT_DATA -> OK', '00:01:00 OK -> ALARM', '00:02:00 ALARM -> OK'])
  })
  test('a state set by hand stands until a child changes', async () => {
    await until('00:01:00')
    await house.set('host', 'ALARM')
    await until('00:05:00')
    expect(await house.state('host')).toBe('ALARM')
    expect(await house.state('service')).toBe('ALARM')
    await house.set('cpu', 'INSUFFICIENT_DATA')
    expect(await house.state('host')).toBe('OK')
    expect(await house.state('service')).toBe('OK')
  })
  test('a new rule is evaluated at once', async () => {
    await until('00:01:00')
    await house.composite('host', 'OK(cpu)')
    expect(await house.describe('host')).toMatchObject({ StateValue: 'ALARM', StateReason: `${arn('host')} was updated and its alarm rule evaluates to ALARM` })
    expect(await house.state('service')).toBe('ALARM')
  })
  test('everything is told inside the house', async () => {
    await until('00:01:00')
    house.events.length = 0
    await house.set('cpu', 'ALARM')
    await house.composite('host', 'FALSE')
    expect(house.events.map(event => [event['detail-type'], event.detail.alarmName, event.detail.state.value])).toEqual([
      ['CloudWatch Alarm State Change', 'cpu', 'ALARM'],
      ['CloudWatch Alarm State Change', 'host', 'ALARM'],
      ['CloudWatch Alarm State Change', 'service', 'ALARM'],
      ['CloudWatch Alarm Configuration Change', 'host', 'ALARM'],
      ['CloudWatch Alarm State Change', 'host', 'OK'],
      ['CloudWatch Alarm State Change', 'service', 'OK'],
    ])
  })
  test('what happened while no process evaluated them is made up for', async () => {
    await until('00:01:00')
    await house.fallAsleep()
    await house.set('cpu', 'ALARM')
    expect(await house.state('host')).toBe('OK')
    await until('00:02:00')
    await house.restart()
    expect(await house.describe('host')).toMatchObject({ StateValue: 'ALARM', StateReason: expect.stringContaining(`${arn('cpu')} transitioned to ALARM at`) })
    await house.restart()
    expect(await house.sent('service')).toEqual(['00:00:00 INSUFFICIENT_DATA -> OK', '00:02:00 OK -> ALARM'])
  })
})

describe('the examples of action suppression, in seconds', () => {
  beforeEach(async () => {
    await house.metric('child')
    await house.metric('maintenance')
    await house.composite('c', 'ALARM(child)', { ActionsSuppressor: 'maintenance', ActionsSuppressorWaitPeriod: 2, ActionsSuppressorExtensionPeriod: 3 })
    await until('00:10:00')
  })
  const steps: Readonly<Record<string, readonly [string, 'OK' | 'ALARM']>> = {
    'C→ALARM': ['child', 'ALARM'], 'C→OK': ['child', 'OK'], 'S→ALARM': ['maintenance', 'ALARM'], 'S→OK': ['maintenance', 'OK'],
  }
  const second = (at: number): string => `00:10:${String(at).padStart(2, '0')}`
  test.each<[string, readonly string[]]>([
    ['C→ALARM t2', ['04 OK -> ALARM']],
    ['C→ALARM t2, S→ALARM t3', []],
    ['C→ALARM t2, C→OK t3', ['05 ALARM -> OK']],
    ['S→ALARM t1, C→ALARM t2', []],
    ['C→ALARM t2, S→ALARM t3, S→OK t6', ['09 OK -> ALARM']],
    ['C→ALARM t2, S→ALARM t3, S→OK t6, C→OK t7', ['09 ALARM -> OK']],
  ])('%s', async (story, expected) => {
    for (const restarts of [false, true]) {
      const base = restarts ? 30 : 0
      if (restarts) {
        // Back to where it began, then once more with a new process after every step.
        await house.set('maintenance', 'OK')
        await house.set('child', 'OK')
        await until(second(29))
      }
      const before = (await messages()).length
      for (const step of story.split(', ')) {
        const [what, at] = step.split(' t') as [string, string]
        await until(second(base + Number(at)))
        await house.set(...steps[what]!)
        if (restarts) await house.restart()
      }
      await until(second(base + 20))
      expect((await messages()).slice(before)).toEqual(expected.map(line => `00:10:${String(base + Number(line.slice(0, 2))).padStart(2, '0')}${line.slice(2)}`))
    }
  })
  const messages = async (): Promise<readonly string[]> => (await house.sent('c')).filter(line => line.includes('->') && line.startsWith('00:10'))

  test('describe answers say what holds the actions', async () => {
    await until('00:10:02')
    await house.set('child', 'ALARM')
    expect(await house.describe('c')).toMatchObject({ ActionsSuppressedBy: 'WaitPeriod', ActionsSuppressedReason: 'Actions suppressed by WaitPeriod' })
    await until('00:10:03')
    await house.set('maintenance', 'ALARM')
    expect(await house.describe('c')).toMatchObject({ ActionsSuppressedBy: 'Alarm' })
    await house.set('maintenance', 'OK')
    expect(await house.describe('c')).toMatchObject({ ActionsSuppressedBy: 'ExtensionPeriod' })
    await until('00:10:07')
    expect((await house.describe('c')).ActionsSuppressedBy).toBeUndefined()
  })
  test('no suppressor any more: what was held runs at once', async () => {
    await house.set('maintenance', 'ALARM')
    await house.set('child', 'ALARM')
    await until('00:10:30')
    expect(await messages()).toEqual([])
    await house.composite('c', 'ALARM(child)')
    expect(await messages()).toEqual(['00:10:30 OK -> ALARM'])
  })
})

describe('a circle', () => {
  beforeEach(async () => {
    await house.metric('cpu')
    await house.composite('a', 'ALARM(cpu)')
    await house.composite('b', 'ALARM(a) OR ALARM(cpu)')
    await until('00:01:00')
    await house.composite('a', 'ALARM(b) OR ALARM(cpu)')
  })
  test('is not evaluated, and cannot be deleted', async () => {
    await house.set('cpu', 'ALARM')
    expect([await house.state('a'), await house.state('b')]).toEqual(['OK', 'OK'])
    expect(await house.refusal('DeleteAlarms', { AlarmNames: ['a'] })).toBe('ValidationError: The alarm a cannot be deleted because composite alarms depend on it: [b]')
    expect(await house.refusal('DeleteAlarms', { AlarmNames: ['a', 'b'] })).toBe('ValidationError: At most one composite alarm can be deleted in one call')
  })
  test('FALSE cures it', async () => {
    await house.set('cpu', 'ALARM')
    await house.composite('a', 'FALSE')
    expect([await house.state('a'), await house.state('b')]).toEqual(['OK', 'ALARM'])
    await house.run('DeleteAlarms', { AlarmNames: ['b', 'cpu'] })
    await house.run('DeleteAlarms', { AlarmNames: ['a'] })
  })
  test('of one cannot be drawn', async () => {
    expect(await house.refusal('PutCompositeAlarm', { AlarmName: 'b', AlarmRule: 'ALARM(b)' })).toBe(
      'ValidationError: A composite alarm cannot have a child relation with itself via its AlarmRule, as it would introduce a circular dependency',
    )
  })
})

describe('mute rules', () => {
  const rule = (expression: string, duration: string, more: object = {}): Promise<unknown> => house.run('PutAlarmMuteRule', {
    Name: 'night', Rule: { Schedule: { Expression: expression, Duration: duration, Timezone: 'America/New_York' } }, MuteTargets: { AlarmNames: ['cpu', 'all'] }, ...more,
  })
  beforeEach(async () => {
    // 2026-03-08: New York goes from 01:59 (06:59Z) to 03:00 (07:00Z).
    await house.until(`${DAY}00:00:10Z`)
    house.clock.step(Date.parse('2026-03-08T05:59:00Z') as ReturnType<typeof house.clock.now>)
    await house.metric('cpu', { OKActions: [TOPIC], AlarmActions: [TOPIC] })
    await house.composite('all', 'ALARM(cpu)')
    await rule('cron(0 1 * * *)', 'PT2H')
  })
  const sent = async (name: string): Promise<readonly string[]> => (await house.sent(name)).slice(1)

  test.each([false, true])('muted actions run once when the window ends; restarted meanwhile: %s', async restarts => {
    await house.until('2026-03-08T06:30:00Z')
    await house.set('cpu', 'ALARM')
    expect(await house.state('all')).toBe('ALARM')
    expect(await sent('cpu')).toEqual(['06:30:00 Actions muted by alarm mute rule "night"'])
    if (restarts) await house.restart()
    await house.until('2026-03-08T07:59:59Z')
    expect(await sent('all')).toEqual(['06:30:00 Actions muted by alarm mute rule "night"'])
    // One to three o'clock are two hours of which the clocks skip one: hours are elapsed time, so it lasts until four.
    await house.until('2026-03-08T08:00:00Z')
    if (restarts) await house.restart()
    await house.until('2026-03-08T08:30:00Z')
    expect(await sent('cpu')).toEqual(['06:30:00 Actions muted by alarm mute rule "night"', '08:00:00 OK -> ALARM after mute'])
    expect(await sent('all')).toEqual(['06:30:00 Actions muted by alarm mute rule "night"', '08:00:00 OK -> ALARM after mute'])
  })
  test('a window that ended while no process ran', async () => {
    await house.until('2026-03-08T06:30:00Z')
    await house.set('cpu', 'ALARM')
    await house.close()
    await house.clock.advance(3 * 3600 * 1000 as Parameters<typeof house.clock.advance>[0])
    await house.open()
    expect((await sent('cpu')).at(-1)).toBe('09:30:00 OK -> ALARM after mute')
    await house.restart()
    expect(await sent('cpu')).toHaveLength(2)
  })
  test('a rule that goes lets actions run at once, those of the state that still lasts', async () => {
    await house.until('2026-03-08T06:30:00Z')
    await house.set('cpu', 'ALARM')
    await house.set('cpu', 'OK')
    await house.until('2026-03-08T06:31:00Z')
    await house.run('DeleteAlarmMuteRule', { AlarmMuteRuleName: 'night' })
    expect((await sent('cpu')).filter(line => line.includes('->'))).toEqual(['06:31:00 ALARM -> OK after mute'])
  })
  test('another rule that is still open keeps them muted', async () => {
    await rule('at(2026-03-08T01:10)', 'PT3H', { Name: 'move' })
    await house.until('2026-03-08T06:30:00Z')
    await house.set('cpu', 'ALARM')
    expect(await sent('cpu')).toEqual(['06:30:00 Actions muted by alarm mute rule "move" and 1 other mute rule'])
    await house.until('2026-03-08T09:09:59Z')
    expect(await sent('cpu')).toHaveLength(1)
    await house.until('2026-03-08T09:10:00Z')
    expect((await sent('cpu')).at(-1)).toBe('09:10:00 OK -> ALARM after mute')
  })
  test('a change outside of the window is told of as ever', async () => {
    await house.set('cpu', 'ALARM')
    expect(await sent('cpu')).toEqual(['05:59:00 OK -> ALARM'])
    await house.until('2026-03-08T08:01:00Z')
    expect(await sent('cpu')).toHaveLength(1)
  })
})
