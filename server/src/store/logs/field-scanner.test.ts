import fc from 'fast-check'
import { expect, test } from 'vitest'
import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import { mayHaveFields } from '../../model/discovered-fields/may-have-fields.ts'
import { FieldScanner } from './field-scanner.ts'

interface Field {
  readonly name: string
}

const scannerOver = () =>
  new FieldScanner<Field>({
    field: name => ({ name }),
    wants: () => true,
    addNumber: ({ name }, value) => add(name, value),
    addText: ({ name }, value) => add(name, value),
    addPart: ({ name }, bytes, start, end) => add(name, Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()),
  })

const add = (name: string, value: string | number): void => {
  if (!found.has(name)) found.set(name, value)
}
const found = new Map<string, string | number>()
const scanner = scannerOver()
const scan = (message: string): ReadonlyMap<string, string | number> | undefined => {
  found.clear()
  // Among other messages, as they come.
  const bytes = Buffer.from(`"}${message}"}`)
  return scanner.scan(bytes, 2, bytes.length - 2) ? new Map(found) : undefined
}
const general = (message: string) => new Map(discoveredFields(message).map(({ name, value }) => [name, value]))

test.each([
  ['{"level":"ERROR","n":1.5,"ok":true,"no":null,"b":false}', { level: 'ERROR', n: 1.5, ok: 1, b: 0 }],
  [' { "a" : { "b" : [ 1 , "x" , { "c" : -2 } ] } } ', { 'a.b.0': 1, 'a.b.1': 'x', 'a.b.2.c': -2 }],
  ['{"text":"say \\"hi\\" \\\\","behind":"z"}', { text: 'say "hi" \\', behind: 'z' }],
  ['{"@x":1,"a":{"@y":2}}', { '@@x': 1, 'a.@y': 2 }],
  ['{"__proto__":"p","constructor":{"prototype":"q"}}', { ['__proto__']: 'p', 'constructor.prototype': 'q' }],
  ['{}', {}],
])('%s', (message, fields) => {
  expect(Object.fromEntries(scan(message)!)).toEqual(fields)
})

test.each([
  '', '{', '{"a"', '{"a":}', '{"a":1', '{"a":1}}', '{"a":1} x', '{"a":1,}', '{,}', '{"a" 1}', '{"a":tru}', '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":"x}', '{"a":"x\\"}',
  '{"a":1e3}', '{"a":-0}', '{"a":0.0000001}', '{"a":-}', '{"a":1.}', '{"a":00}', '{"a":nul}', '{"a":truex}', '{"a":1x}', '{"a":12345678901234567890}', '{"a":1.0}', '{"\\u0061":1}', '[1]', '{"a":NaN}', '{"a":1,"a":2}', '{"a":{"b":1},"a":{"c":2}}', '{"a":"\n"}', '{"a\tb":1}', '{"a":"\\q"}', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`,
])('%s is left to the general reader', message => {
  expect(scan(message)).toBeUndefined()
})

test('whatever it reads, the general reader reads the same', () => {
  const value = fc.letrec(tie => ({
    leaf: fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    object: fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', 'level', '@t', '__proto__', ''), fc.string()), tie('any'), { maxKeys: 6 }),
    any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('object'), fc.array(tie('any'), { maxLength: 4 })),
  }))
  fc.assert(
    fc.property(value.object, fc.constantFrom(undefined, 1), (object, space) => {
      const message = JSON.stringify(object, null, space)
      const fields = scan(message)
      if (fields !== undefined) expect(fields).toEqual(general(message))
    }),
    { numRuns: 500 },
  )
})

test('where there may be no fields, there are none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('START RequestId: x', '2 123', '1.1 x', 'END', 'x {"a":1}', '{')), fc.string(), (message, beside) => {
      const bytes = Buffer.from(`{${message}${beside}`)
      const end = 1 + Buffer.byteLength(message)
      if (!mayHaveFields(bytes, 1, end)) expect(discoveredFields(message)).toEqual([])
    }),
  )
})

test('a broken message never passes for a sound one', () => {
  const sound = '{"level":"ERROR","user":{"id":7,"tags":["a","b"]},"n":1.25,"ok":true,"text":"x \\" y"}'
  for (let at = 0; at < sound.length; at++) {
    for (const message of [sound.slice(0, at), sound.slice(0, at) + sound.slice(at + 1), `${sound.slice(0, at)}}${sound.slice(at)}`]) {
      const fields = scan(message)
      if (fields !== undefined) expect(fields).toEqual(general(message))
    }
  }
})
