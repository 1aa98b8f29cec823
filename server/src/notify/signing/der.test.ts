import { describe, expect, test } from 'vitest'
import * as der from './der.ts'

const hex = (bytes: Buffer): string => bytes.toString('hex')

describe('DER', () => {
  test.each([
    ['integer 0', der.integer(Buffer.of(0)), '020100'],
    ['integer without leading zeros', der.integer(Buffer.of(0, 0, 1)), '020101'],
    ['integer whose first bit is set', der.integer(Buffer.of(0x80)), '02020080'],
    ['object identifier', der.objectIdentifier('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    ['bit string', der.bitString(Buffer.of(0x80), 7), '03020780'],
    ['boolean', der.boolean(true), '0101ff'],
    ['null', der.nothing(), '0500'],
    ['sequence', der.sequence(der.nothing(), der.nothing()), '300405000500'],
    ['explicit tag', der.explicit(3, der.nothing()), 'a3020500'],
    ['text', der.utf8String('é'), '0c02c3a9'],
    ['year 2049', der.time(Date.UTC(2049, 11, 31, 23, 59, 59)), `170d${Buffer.from('491231235959Z').toString('hex')}`],
    ['year 2050', der.time(Date.UTC(2050, 0, 1)), `180f${Buffer.from('20500101000000Z').toString('hex')}`],
  ])('%s', (_name, encoded, expected) => {
    expect(hex(encoded)).toBe(expected)
  })

  test.each([[127, '047f'], [128, '048180'], [256, '04820100'], [70_000, '0483011170']])('a length of %i', (length, expected) => {
    expect(hex(der.octetString(Buffer.alloc(length))).slice(0, expected.length)).toBe(expected)
  })
})
