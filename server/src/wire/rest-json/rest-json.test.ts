import { describe, expect, it } from 'vitest'
import { Fault } from '../fault.ts'
import type { WireRequest } from '../protocol.ts'
import { operationSchema, type OperationSchema } from '../schema.ts'
import { restJson } from './rest-json.ts'

// X-Ray binds nothing outside of its bodies, so these operations are made up, in the SDK's notation.
const STRING = 0
const NUMBER = 1
const BOOLEAN = 2
const TIMESTAMP = 4
const BLOB = 21
const STRINGS = 64
const NS = 'com.example'

const operation = (http: readonly [string, string, number], input: unknown, output: unknown): OperationSchema => {
  const schema = operationSchema({ Do$: [9, NS, 'Do', { http }, () => input, () => output] }, 'Do')
  if (schema === undefined) throw new Error('no such operation')
  return schema
}
const structure = (members: Readonly<Record<string, unknown>>) => [3, NS, 'Some', 0, Object.keys(members), Object.values(members)]

const request = (more: Partial<WireRequest>): WireRequest => ({ method: 'PUT', path: '/', query: '', headers: {}, body: Buffer.from(''), ...more })

describe('members outside of the body', () => {
  const input = structure({
    Name: [STRING, { httpLabel: 1 }],
    Rest: [STRING, { httpLabel: 1 }],
    Tags: [STRINGS, { httpQuery: 'tag' }],
    Max: [NUMBER, { httpQuery: 'max' }],
    Deep: [BOOLEAN, { httpQuery: 'deep' }],
    Since: [TIMESTAMP, { httpHeader: 'X-Since' }],
    Kinds: [STRINGS, { httpHeader: 'X-Kinds' }],
    Text: [STRING, { jsonName: 'text' }],
    At: TIMESTAMP,
  })
  const put = operation(['PUT', '/v1/things/{Name}/{Rest+}', 201], input, structure({ Code: [NUMBER, { httpResponseCode: 1 }], Etag: [STRING, { httpHeader: 'ETag' }], Text: [STRING, { jsonName: 'text' }] }))

  it('are read from path, query string and headers', () => {
    const given = request({
      path: '/v1/things/a%2Fb/c/d%20e',
      query: 'tag=x&tag=y+z&max=5&deep=true&other=1',
      headers: { 'x-since': '2020-01-01T00:00:00Z', 'x-kinds': 'a, b' },
      body: Buffer.from('{"text":"t","Text":"ignored","At":1.5}'),
    })
    const decoded = {
      Name: 'a/b',
      Rest: 'c/d e',
      Tags: ['x', 'y z'],
      Max: 5,
      Deep: true,
      Since: new Date('2020-01-01T00:00:00Z'),
      Kinds: ['a', 'b'],
      Text: 't',
      At: new Date(1500),
    }
    expect(restJson.decode(given, put)).toEqual(decoded)
    expect(restJson.decode({ ...given, path: `/a/prefix${given.path}` }, put)).toEqual(decoded)
    expect(restJson.decode({ ...given, headers: { 'x-since': 'Wed, 01 Jan 2020 00:00:00 GMT' } }, put)).toMatchObject({ Since: decoded.Since })
  })

  it.each([
    [{ query: 'max=many' }, "STRING_VALUE can not be converted to number (at 'Max')"],
    [{ query: 'deep=perhaps' }, "STRING_VALUE can not be converted to boolean (at 'Deep')"],
    [{ query: 'tag=%ff' }, 'Malformed percent-encoding'],
    [{ headers: { 'x-since': 'soon' } }, "STRING_VALUE can not be converted to timestamp (at 'Since')"],
  ])('are refused when they do not fit: %j', (more, message) => {
    expect(() => restJson.decode(request({ path: '/v1/things/a/b', ...more }), put)).toThrow(expect.objectContaining({ name: 'Fault', code: 'SerializationException', message }))
  })

  it('are written to status and headers', () => {
    const context = { requestId: 'r', service: undefined, operation: put }
    expect(restJson.encode({ Code: 202, Etag: 'e', Text: 't' }, put, context)).toEqual({
      status: 202,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r', etag: 'e' },
      body: '{"text":"t"}',
    })
    expect(restJson.encode({}, put, context)).toMatchObject({ status: 201, body: '{}' })
  })
})

describe('a payload', () => {
  const payload = structure({ Data: [BLOB, { httpPayload: 1 }] })
  const upload = operation(['PUT', '/upload', 200], payload, payload)

  it('is the body itself', () => {
    expect(restJson.decode(request({ path: '/upload', body: Uint8Array.of(1, 255) }), upload)).toEqual({ Data: Uint8Array.of(1, 255) })
    expect(restJson.encode({ Data: Uint8Array.of(1) }, upload, { requestId: 'r', service: undefined, operation: upload }).body).toEqual(Uint8Array.of(1))
  })
})

it('writes errors that no model knows', () => {
  const fault = new Fault('X', 'no', { shape: 'XException', status: 418, members: { Hint: 'tea' } })
  expect(restJson.encodeFault(fault, { requestId: 'r', service: undefined, operation: undefined })).toEqual({
    status: 418,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'r', 'x-amzn-errortype': 'XException' },
    body: '{"Hint":"tea","message":"no"}',
  })
})
