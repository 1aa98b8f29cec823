import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { logGroupArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { LogArrival } from '../../model/log.ts'
import { compilePattern } from '../patterns/compile-pattern.ts'
import { LogLine } from '../patterns/log-line.ts'
import { dataMessages } from './payload.ts'

const TENANT = { account: accountId('123456789012'), region: region('us-east-1') }

const arrival = (messages: readonly string[]): LogArrival => ({
  group: {
    tenant: TENANT,
    id: 7,
    name: '/app/"x"',
    arn: logGroupArn(TENANT, '/app/"x"'),
    class: 'STANDARD',
    retentionDays: undefined,
    kmsKeyId: undefined,
    deletionProtected: false,
    bearerTokens: false,
    createdAt: epochMillis(0),
  },
  stream: 's',
  ingestedAt: epochMillis(1_432_826_855_000),
  firstSeq: 1_500_000_000_000_000_000n,
  timestamps: messages.map((_, index) => epochMillis(1_432_826_855_000 + index)),
  messages,
  hasEntity: false,
})
const send = (pattern: string, messages: readonly string[], maxBytes = 1_000_000): readonly string[] =>
  dataMessages({ filterName: 'f', pattern: compilePattern(pattern) }, arrival(messages), messages.map(message => new LogLine(message)), maxBytes)

test('the documented payload, of events that match', () => {
  const [text, ...more] = send('ERROR', ['x', 'ERROR "1"', 'y', 'ERROR 2'])
  expect(more).toEqual([])
  expect(JSON.parse(text!)).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/app/"x"',
    logStream: 's',
    subscriptionFilters: ['f'],
    logEvents: [
      { id: expect.stringMatching(/^\d{56}$/) as string, timestamp: 1_432_826_855_001, message: 'ERROR "1"' },
      { id: expect.stringMatching(/^\d{56}$/) as string, timestamp: 1_432_826_855_003, message: 'ERROR 2' },
    ],
  })
  expect(send('ERROR', ['x', 'y'])).toEqual([])
})

test('fields are there for space-delimited patterns alone', () => {
  const events = (pattern: string, message: string): unknown => (JSON.parse(send(pattern, [message])[0]!) as { logEvents: unknown[] }).logEvents[0]
  expect(events('[level, , rest]', 'ERROR 7 x y')).toMatchObject({ extractedFields: { level: 'ERROR', 2: '7', rest: 'x y' } })
  expect(events('{ $.a = 1 }', '{"a":1}')).not.toHaveProperty('extractedFields')
})

test('batches hold every event once, in order, and no more bytes than asked for', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '"', 'é', '😀', '\n', '\u0000'), minLength: 1, maxLength: 60 }), { maxLength: 30 })
  fc.assert(
    fc.property(parts, fc.integer({ min: 300, max: 3000 }), (messages, maxBytes) => {
      const texts = send('', messages, maxBytes)
      const batches = texts.map(text => (JSON.parse(text) as { logEvents: { message: string }[] }).logEvents)
      expect(batches.flat().map(({ message }) => message)).toEqual(messages)
      for (const [index, text] of texts.entries()) expect(Buffer.byteLength(text) <= maxBytes || batches[index]!.length === 1).toBe(true)
    }),
  )
})
