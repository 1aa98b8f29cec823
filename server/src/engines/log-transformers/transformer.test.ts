import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTransformer, type ProcessorConfig, TransformerProblem } from './transformer.ts'

const event = (message: string) => ({ message, logGroup: 'g', logStream: 's', account: '111111111111', region: 'us-east-1' })
const transformed = (processors: readonly ProcessorConfig[], message: string | object): unknown => {
  const text = compileTransformer(processors).transform(event(typeof message === 'string' ? message : JSON.stringify(message)))
  return text === undefined ? undefined : JSON.parse(text)
}
const NESTED = { outer_key1: { inner_key1: 'inner_value1' }, outer_key2: { inner_key2: 'inner_value2' } }
const JSON_FIRST = { parseJSON: {} }

test.each<[string, readonly ProcessorConfig[], string | object, unknown]>([
  ['parseJSON', [{ parseJSON: { destination: 'new_key' } }], { a: { b: 1 } }, { new_key: { a: { b: 1 } } }],
  ['parseJSON of a field', [JSON_FIRST, { parseJSON: { source: 'a', destination: 'b' } }], { a: '{"c.d":1}' }, { a: '{"c.d":1}', b: { 'c.d': 1 } }],
  ['parseJSON of none', [JSON_FIRST], 'plain', undefined],
  ['csv', [{ csv: { columns: ['a', 'b'] } }], '1,"2,3",4', { a: '1', b: '2,3', column_3: '4' }],
  ['csv with tabs', [{ csv: { delimiter: '\\t', quoteCharacter: "'", destination: 'row' } }], "x\t'y z'", { row: { column_1: 'x', column_2: 'y z' } }],
  ['csv with an open quote', [{ csv: {} }], '"a,b', undefined],
  ['parseKeyValue', [{ parseKeyValue: { keyPrefix: 'p_', nonMatchValue: 'none' } }], 'k1=v1&k2=v2=x&k3', { p_k1: 'v1', p_k2: 'v2=x', p_k3: 'none' }],
  ['parseKeyValue with delimiters', [{ parseKeyValue: { fieldDelimiter: ' ', keyValueDelimiter: ':' } }], 'a:1 b', { a: '1' }],
  ['parseVPC', [{ parseVPC: {} }], '2 123456789010 eni-abc123de 192.0.2.0 192.0.2.24 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK', {
    version: 2, accountId: '123456789010', interfaceId: 'eni-abc123de', srcAddr: '192.0.2.0', dstAddr: '192.0.2.24', srcPort: 20641, dstPort: 22, protocol: 6,
    packets: 20, bytes: 4249, start: 1418530010, end: 1418530070, action: 'ACCEPT', logStatus: 'OK',
  }],
  ['parseVPC of something else', [{ parseVPC: {} }], 'no flow', undefined],
  ['parseRoute53', [{ parseRoute53: {} }], '1.0 2017-12-13T08:15:50.235Z Z123412341234 example.com AAAA NOERROR TCP IAD12 192.0.2.0 198.51.100.0/24', {
    version: '1.0', queryTimestamp: '2017-12-13T08:15:50.235Z', hostZoneId: 'Z123412341234', queryName: 'example.com', queryType: 'AAAA', responseCode: 'NOERROR',
    protocol: 'TCP', edgeLocation: 'IAD12', resolverIp: '192.0.2.0', ednsClientSubnet: '198.51.100.0/24',
  }],
  ['parsePostgres', [{ parsePostgres: {} }], '2019-03-10 03:54:59 UTC:10.0.0.123(52834):postgres@logtestdb:[20175]:ERROR: column "x" does not exist', {
    logTime: '2019-03-10 03:54:59 UTC', srcIp: '10.0.0.123', userName: 'postgres', dbName: 'logtestdb', processId: '20175', logLevel: 'ERROR',
  }],
  ['parseWAF', [{ parseWAF: {} }], { action: 'BLOCK', httpRequest: { uri: '/', headers: [{ name: 'Host', value: 'h' }, 1] }, labels: [{ name: 'a:b' }] }, {
    action: 'BLOCK', httpRequest: { uri: '/', headers: { Host: 'h' } }, labels: { 'a:b': 'a:b' },
  }],
  ['parseCloudfront', [{ parseCloudfront: {} }, { deleteKeys: { withKeys: ['date'] } }], 'a\tb', undefined],
  ['addKeys', [JSON_FIRST, { addKeys: { entries: [{ key: 'a.c', value: 'x ${a.b} ${none}' }, { key: 'a.b', value: 'kept' }] } }], { a: { b: 1 } }, { a: { b: 1, c: 'x 1 ${none}' } }],
  ['addKeys over others', [JSON_FIRST, { addKeys: { entries: [{ key: 'a', value: 'y', overwriteIfExists: true }, { key: 'a.b', value: 'in the way' }] } }], { a: 1 }, { a: 'y' }],
  ['deleteKeys', [JSON_FIRST, { deleteKeys: { withKeys: ['outer_key1.inner_key1', 'none.of', 'outer_key2'] } }], NESTED, { outer_key1: {} }],
  ['moveKeys', [JSON_FIRST, { moveKeys: { entries: [{ source: 'outer_key1.inner_key1', target: 'outer_key2' }] } }], NESTED, {
    outer_key1: {}, outer_key2: { inner_key1: 'inner_value1', inner_key2: 'inner_value2' },
  }],
  ['renameKeys', [JSON_FIRST, { renameKeys: { entries: [{ key: 'outer_key1', renameTo: 'new' }, { key: 'none', renameTo: 'x' }] } }], NESTED, {
    new: { inner_key1: 'inner_value1' }, outer_key2: { inner_key2: 'inner_value2' },
  }],
  ['copyValue', [JSON_FIRST, { copyValue: { entries: [{ source: 'a', target: 'b.c' }, { source: '@logGroupName', target: 'group' }, { source: '@accountId', target: 'a' }] } }], { a: 1 }, {
    a: 1, b: { c: 1 }, group: 'g',
  }],
  ['listToMap', [JSON_FIRST, { listToMap: { source: 'l', key: 'k', valueKey: 'v', target: 'm' } }], { l: [{ k: 'a', v: 1 }, { k: 'b', v: 2 }, { k: 'b', v: 3 }, 4] }, {
    l: [{ k: 'a', v: 1 }, { k: 'b', v: 2 }, { k: 'b', v: 3 }, 4], m: { a: [1], b: [2, 3] },
  }],
  ['listToMap flat', [JSON_FIRST, { listToMap: { source: 'l', key: 'k', valueKey: 'v', flatten: true, flattenedElement: 'last' } }, { deleteKeys: { withKeys: ['l'] } }], { l: [{ k: 'b', v: 2 }, { k: 'b', v: 3 }] }, { b: 3 }],
  ['strings', [JSON_FIRST, { lowerCaseString: { withKeys: ['a'] } }, { upperCaseString: { withKeys: ['b', 'n'] } }, { trimString: { withKeys: ['c'] } }], { a: 'A', b: 'b', c: ' c ', n: 1 }, { a: 'a', b: 'B', c: 'c', n: 1 }],
  ['splitString', [JSON_FIRST, { splitString: { entries: [{ source: 'a', delimiter: ',' }] } }], { a: 'x,y' }, { a: ['x', 'y'] }],
  ['substituteString', [JSON_FIRST, { substituteString: { entries: [{ source: 'a', from: '(\\d)\\d*', to: '$1#' }] } }], { a: 'x123y45' }, { a: 'x1#y4#' }],
  ['typeConverter', [JSON_FIRST, { typeConverter: { entries: [{ key: 'i', type: 'integer' }, { key: 'd', type: 'double' }, { key: 'b', type: 'boolean' }, { key: 's', type: 'string' }, { key: 'x', type: 'integer' }] } }],
    { i: '12.7', d: '1.5', b: 'TRUE', s: 5, x: 'no' }, { i: 12, d: 1.5, b: true, s: '5', x: 'no' }],
])('%s', (_name, processors, message, expected) => {
  expect(transformed(processors, message)).toEqual(expected)
})

const NO_PARSER =
  'Transformer config should begin with parser. Allowed parsers are parsePostgres, parseWAF, parseCloudfront, parseCloudfrontOCSF, parseRoute53, parseLambda, parseVPC, ' +
  'parseSyslog, parseRDS, parseCiscoFTD, parseF5BigIP, parseCiscoISE, parseForescoutNac, parseInfobloxDDI, parseToOCSF, parseJSON, grok, csv, parseKeyValue'

test.each<[readonly object[], string]>([
  [[], NO_PARSER],
  [[{ addKeys: { entries: [] } }], NO_PARSER],
  [[JSON_FIRST, { parseVPC: {} }], 'A parser of a type of AWS logs must be the first processor.'],
  [[JSON_FIRST, JSON_FIRST, JSON_FIRST, JSON_FIRST, JSON_FIRST, JSON_FIRST], 'A transformer can have at most 5 parsers.'],
  [[JSON_FIRST, { copyValue: { entries: [] } }, { copyValue: { entries: [] } }], 'A transformer can have only one copyValue processor.'],
  [[{ parseJSON: {}, csv: {} }], 'Each processor must have exactly one type.'],
  [[{}], 'Each processor must have exactly one type.'],
  [[{ parseToOCSF: {} }], 'The processor parseToOCSF is not supported.'],
  [[{ grok: { match: '%{NOBODY:a}' } }], "No definition for key 'NOBODY' found"],
  [[{ grok: { match: '%{WORD:a:date}' } }], 'The data type date of a grok pattern is not supported.'],
  [[{ grok: { match: '%{WORD:a b}' } }], 'The field name a b of a grok pattern is not valid.'],
  [[{ grok: { match: '%{WORD}'.repeat(21) } }], 'A grok pattern can use at most 20 patterns.'],
  [[{ grok: { match: '%{WORD:a}' } }, { grok: { match: '%{WORD:a}' } }], 'A transformer can have only one grok processor.'],
  [[JSON_FIRST, { dateTimeConverter: { source: 'a', target: 'b', matchPatterns: ['yyyy qqq'] } }], 'The pattern yyyy qqq has letters that are not supported: qqq'],
  [[JSON_FIRST, { dateTimeConverter: { source: 'a', target: 'b', matchPatterns: ['yyyy'], sourceTimezone: 'Nowhere/City' } }], 'The time zone Nowhere/City is not valid.'],
  [[JSON_FIRST, { dateTimeConverter: { source: 'a', target: 'b', matchPatterns: ['yyyy'], targetFormat: 'yyyy ggg' } }], 'The format yyyy ggg has letters that are not supported: ggg'],
  [[JSON_FIRST, { dateTimeConverter: { source: 'a', target: 'b', matchPatterns: ['yyyy'], locale: '??' } }], 'The locale ?? is not valid.'],
])('%j is refused', (processors, message) => {
  expect(() => compileTransformer(processors)).toThrow(new TransformerProblem(message))
})

test('an expression that RE2 cannot take is refused', () => {
  expect(() => compileTransformer([JSON_FIRST, { substituteString: { entries: [{ source: 'a', from: '(a', to: '' }] } }])).toThrow(TransformerProblem)
})

test('whatever an event holds becomes JSON or stays as it is, and no prototype is touched', () => {
  const all = compileTransformer([
    JSON_FIRST,
    { moveKeys: { entries: [{ source: 'a', target: '__proto__' }, { source: '__proto__.b', target: 'constructor.prototype' }] } },
    { listToMap: { source: 'l', key: 'k', target: '__proto__' } },
    { copyValue: { entries: [{ source: 'b', target: 'toString' }] } },
  ])
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string(), fc.object({ key: fc.constantFrom('a', 'b', 'l', 'k', '__proto__', 'constructor') }).map(value => JSON.stringify(value))), message => {
      const text = all.transform(event(message))
      if (text !== undefined) expect(typeof JSON.parse(text)).toBe('object')
    }),
  )
  expect(Object.keys(Object.prototype)).toEqual([])
})
