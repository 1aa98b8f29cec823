import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { neededText } from './custom-pattern.ts'
import type { DataProtectionPolicy } from './policy.ts'
import { compileProtection } from './protection.ts'
import { FAMILIES } from './registry.ts'

const identifiers = Object.values(FAMILIES).flat()
const policy = (managedIdentifiers: readonly string[], custom: Readonly<Record<string, string>> = {}): DataProtectionPolicy => ({
  managedIdentifiers,
  customIdentifiers: Object.entries(custom).map(([name, regex]) => ({ name, regex })),
  auditDestinations: [],
})
const everything = policy(identifiers.map(({ id }) => id), { Mrn: 'MRN-\\d{8}', Pair: '[a-f]\\d\\d?x' })
const { mask } = compileProtection([everything])

test('findings say what and where, those of account and group together', () => {
  const both = compileProtection([policy(['EmailAddress'], { Mrn: 'MRN-\\d{8}' }), policy(['Ssn-US', 'EmailAddress'])])
  expect(both.mask('MRN-12345678 a@example.com b@example.com ssn 123-45-6789')).toEqual({
    masked: '************ ************* ************* ssn ***********',
    findings: [
      { identifier: 'Mrn', start: 0, end: 12 },
      { identifier: 'EmailAddress', start: 13, end: 26 },
      { identifier: 'EmailAddress', start: 27, end: 40 },
      { identifier: 'Ssn-US', start: 45, end: 56 },
    ],
  })
  expect(both.mask('nothing here')).toBeUndefined()
  expect(compileProtection([]).mask('ssn 123-45-6789')).toBeUndefined()
})

test('what two identifiers find in one place is masked once and counted for both', () => {
  expect(compileProtection([policy(['Ssn-US', 'InseeCode-FR', 'PassportNumber-GB'])]).mask('ssn, passport number 123456789')).toEqual({
    masked: 'ssn, passport number *********',
    findings: [{ identifier: 'Ssn-US', start: 21, end: 30 }, { identifier: 'PassportNumber-GB', start: 21, end: 30 }],
  })
})

test('what lies open once something is masked is masked too', () => {
  const { mask: both } = compileProtection([policy(['Ssn-US'], { Word: 'ref[a-z]' })])
  expect(both('ssn refx123-45-6789')).toEqual({
    masked: 'ssn ***************',
    findings: [{ identifier: 'Word', start: 4, end: 8 }, { identifier: 'Ssn-US', start: 8, end: 19 }],
  })
})

test.each([
  ['MRN-\\d{8}', 'MRN-'], ['EmployeeId-\\d{9}', 'EmployeeId-'], ['a|b', ''], ['(?i)abc', ''], ['ab?c', 'a'], ['ab*', 'a'], ['ab{2}', 'a'], ['ab+c', 'ab'], ['[abc]def', 'def'], ['^x$', 'x'],
  ['\\Qab\\E?', ''], ['[]a]', ''], ['\\x41b', ''], ['.', ''], ['a\\.bcd', 'bcd'], ['[[:alpha:]]xyz', 'xyz'], ['a{0,1}bc', 'bc'], ['ab??', 'a'],
])('every match of %s has %j in it', (regex, needed) => {
  expect(neededText(regex)).toBe(needed)
})

const words = [...new Set(identifiers.flatMap(({ keywords, masks }) => [...keywords.slice(0, 2), ...masks.map(text => text.replace(/[«»]/g, '')), ...masks.flatMap(text => text.match(/(?<=«)[^»]*/g) ?? [])]))]
const texts = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(' ', ': ', '"', ',', '\n', '-', '.', '@', '*', '\0'), fc.string({ unit: 'binary', maxLength: 5 }), fc.integer().map(String)), { maxLength: 12 }).map(parts => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

describe('whatever a message holds', () => {
  test('it keeps its length, only stars are put in, and there is nothing left to find', () => {
    fc.assert(
      fc.property(texts, text => {
        const result = mask(text)
        if (result === undefined) return
        const { masked, findings } = result
        expect(masked).toHaveLength(text.length)
        for (let at = 0; at < text.length; at++) if (masked[at] !== text[at]) expect(masked[at]).toBe('*')
        expect(masked).not.toBe(text)
        expect(findings.every(({ start, end }) => start < end && /^\*+$/.test(masked.slice(start, end)))).toBe(true)
        expect(mask(masked)).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })

  // The time is for all identifiers at once.
  test.each([
    'ssn ', 'ssn 123-45-6789 ', '1 st ', 'a@', 'a@b.co ', '@', '1.1.1.1 ', 'a:', '::1 ', '-----BEGIN PRIVATE KEY-----', '+1', 'phone 206', '4539 ', 'iban DE', 'PuTTY-User-Key-File-2',
    'weg ', '*', 'dob 1/',
  ])('half a megabyte of %j', unit => {
    const text = unit.repeat(Math.ceil(524_288 / unit.length))
    const begin = process.cpuUsage()
    mask(text)
    expect(process.cpuUsage(begin).user).toBeLessThan(4_000_000)
  })
})
