import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMillis, seconds, type EpochMillis } from '../../base/time.ts'
import type { FormerState, Suppression } from '../../model/alarm.ts'
import { hold, isOver, type SuppressorEvent } from './suppressor.ts'

type Value = 'OK' | 'ALARM'
interface Step {
  readonly at: number
  readonly who: 'C' | 'S'
  readonly value: Value
}

const at = (second: number): EpochMillis => epochMillis(second * 1000)

/** Lives through the steps, second by second, and answers `4 ALARM` for the actions that ran. */
const live = (steps: readonly Step[], wait: number, extension: number, until = 40): readonly string[] => {
  const suppressor = { alarm: 's', waitPeriod: seconds(wait), extensionPeriod: seconds(extension) }
  const value: Record<'C' | 'S', Value> = { C: 'OK', S: 'OK' }
  let suppression: Suppression | undefined
  const ran: string[] = []
  const tell = (event: SuppressorEvent, now: number): void => {
    const next = hold({ suppressor, suppression, suppressorInAlarm: value.S === 'ALARM' }, event, at(now))
    suppression = next.suppression
    if (next.run !== undefined) ran.push(`${now} ${value.C}`)
  }
  for (let now = 0; now <= until; now++) {
    if (isOver(suppression, at(now))) tell({ kind: 'time' }, now)
    for (const step of steps) {
      if (step.at !== now || value[step.who] === step.value) continue
      const former: FormerState = { value: value[step.who], since: at(0) }
      value[step.who] = step.value
      tell(step.who === 'S' ? { kind: 'suppressor' } : { kind: 'changed', former }, now)
    }
  }
  return ran
}

const story = (text: string): readonly Step[] => text.split(', ').map(part => {
  const [, who, value, second] = /^([CS])→(\w+) t(\d+)$/.exec(part)!
  return { who: who as 'C' | 'S', value: value as Value, at: Number(second) }
})

// The six examples of AWS's documentation, WaitPeriod 2 and ExtensionPeriod 3.
test.each<[string, readonly string[]]>([
  ['C→ALARM t2', ['4 ALARM']],
  ['C→ALARM t2, S→ALARM t3', []],
  ['C→ALARM t2, C→OK t3', ['5 OK']],
  ['S→ALARM t1, C→ALARM t2', []],
  ['C→ALARM t2, S→ALARM t3, S→OK t6', ['9 ALARM']],
  ['C→ALARM t2, S→ALARM t3, S→OK t6, C→OK t7', ['9 OK']],
])('%s: %j', (steps, ran) => expect(live(story(steps), 2, 3)).toEqual(ran))

test.each<[string, number, number, readonly string[]]>([
  ['C→ALARM t2, S→ALARM t6, S→OK t8', 2, 3, ['4 ALARM']],
  ['C→ALARM t2, S→ALARM t4, S→OK t8', 2, 3, ['4 ALARM']],
  ['S→ALARM t1, C→ALARM t2, S→OK t3, S→ALARM t4, S→OK t8', 2, 3, ['11 ALARM']],
  ['S→ALARM t1, C→ALARM t2, C→OK t3, S→OK t4', 2, 3, ['7 OK']],
  ['C→ALARM t2', 0, 0, ['2 ALARM']],
  ['S→ALARM t1, C→ALARM t2, S→OK t5', 0, 0, ['5 ALARM']],
])('%s, waiting %s and %s: %j', (steps, wait, extension, ran) => expect(live(story(steps), wait, extension)).toEqual(ran))

const FORMER: FormerState = { value: 'OK', since: at(1) }
const NEW = { alarm: 't', waitPeriod: seconds(5), extensionPeriod: seconds(6) }
const WAITING: Suppression = { by: 'WaitPeriod', since: at(2), until: at(4), held: FORMER }
const BY_ALARM: Suppression = { by: 'Alarm', since: at(2), until: undefined }

test('a suppressor that is replaced discards the running period; nothing that is held gets lost', () => {
  const redefined = { kind: 'redefined' } as const
  expect(hold({ suppressor: NEW, suppression: WAITING, suppressorInAlarm: false }, redefined, at(3)))
    .toEqual({ suppression: { by: 'WaitPeriod', since: at(3), until: at(8), held: FORMER }, run: undefined })
  expect(hold({ suppressor: NEW, suppression: WAITING, suppressorInAlarm: true }, redefined, at(3)))
    .toEqual({ suppression: { by: 'Alarm', since: at(3), until: undefined, held: FORMER }, run: undefined })
  expect(hold({ suppressor: undefined, suppression: WAITING, suppressorInAlarm: false }, redefined, at(3))).toEqual({ suppression: undefined, run: FORMER })
  const idle: Suppression = { by: 'ExtensionPeriod', since: at(2), until: at(4) }
  expect(hold({ suppressor: NEW, suppression: idle, suppressorInAlarm: false }, redefined, at(3))).toStrictEqual({ suppression: undefined, run: undefined })
})

test.each<[string, Suppression | undefined, boolean, SuppressorEvent, Suppression | undefined, FormerState?]>([
  ['time runs what waited, though the suppressor is in ALARM by now', WAITING, true, { kind: 'time' }, undefined, FORMER],
  ['time before its time changes nothing', { ...WAITING, until: at(6) }, false, { kind: 'time' }, { ...WAITING, until: at(6) }],
  ['the suppressor takes over from a period', WAITING, true, { kind: 'suppressor' }, { by: 'Alarm', since: at(5), until: undefined, held: FORMER }],
  ['it holds nothing when nothing has changed', undefined, true, { kind: 'suppressor' }, { by: 'Alarm', since: at(5), until: undefined }],
  ['it dates from when it began', BY_ALARM, true, { kind: 'suppressor' }, BY_ALARM],
  ['and goes on with another change', BY_ALARM, true, { kind: 'changed', former: FORMER }, { ...BY_ALARM, held: FORMER }],
  ['but begins anew where it is another', BY_ALARM, true, { kind: 'redefined' }, { ...BY_ALARM, since: at(5) }],
  ['a suppressor that is well changes nothing', undefined, false, { kind: 'suppressor' }, undefined],
  ['nor does it end a period', { ...WAITING, until: at(6) }, false, { kind: 'suppressor' }, { ...WAITING, until: at(6) }],
  ['its end is extended', BY_ALARM, false, { kind: 'suppressor' }, { by: 'ExtensionPeriod', since: at(5), until: at(11) }],
  ['a change waits', undefined, false, { kind: 'changed', former: FORMER }, { by: 'WaitPeriod', since: at(5), until: at(10), held: FORMER }],
])('%s', (_name, suppression, suppressorInAlarm, event, next, run) => {
  expect(hold({ suppressor: NEW, suppression, suppressorInAlarm }, event, at(5))).toStrictEqual({ suppression: next, run })
})

/** What the documentation's prose says of each change by itself: when its actions run, if no later change comes first. */
const naive = (steps: readonly Step[], wait: number, extension: number, until = 40): readonly string[] => {
  const changes = steps.filter(({ who }) => who === 'C')
  return changes.flatMap((change, index) => {
    const next = changes[index + 1]?.at ?? until
    const inAlarm = steps.findLast(step => step.who === 'S' && step.at < change.at)?.value === 'ALARM'
    let due = inAlarm ? Infinity : change.at + wait
    for (const step of steps) {
      if (step.who !== 'S' || step.at < change.at || step.at > due) continue
      due = step.value === 'ALARM' ? Infinity : due === Infinity ? step.at + extension : due
    }
    return due < next ? [`${due} ${change.value}`] : []
  })
}

test('agrees with the prose, whatever happens', () => {
  // Things happen in even seconds and periods end in odd ones: nobody says what comes first within one.
  const second = fc.integer({ min: 1, max: 18 }).map(half => half * 2)
  const toggles = fc.uniqueArray(fc.record({ at: second, who: fc.constantFrom('C' as const, 'S' as const) }), { maxLength: 12, selector: step => step.at })
  const length = fc.constantFrom(1, 3, 5, 9)
  fc.assert(fc.property(toggles, length, length, (list, wait, extension) => {
    const value: Record<'C' | 'S', Value> = { C: 'OK', S: 'OK' }
    const steps = list.toSorted((a, b) => a.at - b.at).map(step => {
      value[step.who] = value[step.who] === 'OK' ? 'ALARM' : 'OK'
      return { ...step, value: value[step.who] }
    })
    expect(live(steps, wait, extension, 60)).toEqual(naive(steps, wait, extension, 60))
  }), { numRuns: 500 })
})
