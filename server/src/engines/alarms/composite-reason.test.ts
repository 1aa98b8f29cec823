import { describe, expect, it } from 'vitest'
import { at } from './alarm.test-support.ts'
import { childReason, compositeDefinedReason, triggeringAlarms, triggeringAlarmsData, type TriggeringAlarm } from './composite-reason.ts'

const arn = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:child'
const child: TriggeringAlarm = { arn, value: 'ALARM', at: at('2022-07-22T15:57:45.394Z') }

describe('reasons of composite alarms', () => {
  it.each([
    [compositeDefinedReason(arn, 'created', 'OK'), `${arn} was created and its alarm rule evaluates to OK`],
    [compositeDefinedReason(arn, 'updated', 'ALARM'), `${arn} was updated and its alarm rule evaluates to ALARM`],
    [childReason(child), `${arn} transitioned to ALARM at Friday 22 July, 2022 15:57:45 UTC`],
  ])('%s', (text, expected) => expect(text).toBe(expected))

  it('name the triggering alarms as data, and are read back', () => {
    const data = triggeringAlarmsData([child])
    expect(data).toBe(`{"triggeringAlarms":[{"arn":"${arn}","state":{"value":"ALARM","timestamp":"2022-07-22T15:57:45.394+0000"}}]}`)
    expect(triggeringAlarms(data)).toEqual([child])
  })
  it('as many as fit', () => {
    const data = triggeringAlarmsData(Array.from({ length: 100 }, (_, i) => ({ ...child, arn: `${arn}-${i}`.padEnd(320, 'x') })))
    expect(data.length).toBeLessThanOrEqual(4000)
    expect(triggeringAlarms(data)).toHaveLength(9)
  })
  it.each([undefined, '', '{', '[]', '{"triggeringAlarms":1}', '{"triggeringAlarms":[1,{},{"arn":"a","state":{"value":"BAD","timestamp":"2022-07-22T15:57:45.394+0000"}},{"arn":"a","state":{"value":"OK","timestamp":"x"}}]}'])(
    'foreign data %s names none', data => expect(triggeringAlarms(data)).toEqual([]),
  )
})
