import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { ConsoleSessions, sameText } from './console-sessions.ts'

const HOUR = 3_600_000

const door = (secure = false) => {
  const clock = new ManualClock(epochMillis(0))
  return { clock, sessions: new ConsoleSessions(clock, seededEntropy(1), secure) }
}
const cookieOf = (setCookie: string): string => setCookie.split(';')[0]!

describe('console sessions', () => {
  test('are found by their cookie among others, until they are closed', () => {
    const { sessions } = door()
    const { session, cookie } = sessions.open('AKIAEXAMPLE', undefined)
    const header = `theme=dark; ${cookieOf(cookie)}; other=1`
    expect(sessions.find(header)).toEqual(session)
    expect(sessions.close(header)).toMatch(/^tocsin-session=; .*Max-Age=0/)
    expect(sessions.find(header)).toBeUndefined()
  })

  test('end after twelve hours', async () => {
    const { clock, sessions } = door()
    const { cookie } = sessions.open('AKIAEXAMPLE', undefined)
    await clock.advance(millis(12 * HOUR - 1))
    expect(sessions.find(cookieOf(cookie))).toBeDefined()
    await clock.advance(millis(1))
    expect(sessions.find(cookieOf(cookie))).toBeUndefined()
  })

  test('have secrets of their own, out of scripts\' reach, and over https nowhere else', () => {
    const { sessions } = door(true)
    const one = sessions.open('AKIAEXAMPLE', undefined)
    const other = sessions.open('AKIAEXAMPLE', undefined)
    expect(one.cookie).not.toBe(other.cookie)
    expect(one.session.csrfToken).not.toBe(other.session.csrfToken)
    expect(one.cookie).toMatch(/HttpOnly; SameSite=Strict; Max-Age=43200; Secure$/)
    expect(door().sessions.open('AKIAEXAMPLE', undefined).cookie).not.toContain('Secure')
  })

  test('a made-up cookie finds nothing', () => {
    const { sessions } = door()
    for (const header of [undefined, '', 'tocsin-session=', 'tocsin-session=%00', 'x'.repeat(10_000)]) expect(sessions.find(header)).toBeUndefined()
  })
})

test('texts are compared whole', () => {
  expect(sameText('a', 'a')).toBe(true)
  expect(sameText('a', 'ab')).toBe(false)
  expect(sameText('', '')).toBe(true)
})
