import { SaxesParser } from 'saxes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../src/wire/json-read.ts'
import type { WireReply, WireRequest } from '../../src/wire/protocol.ts'
import { readCbor } from '../../src/wire/rpc-cbor/read.ts'
import { structureShape } from '../../src/wire/schema.ts'
import { answer, services } from './echo-server.ts'

/** A refusal has to come at once, however the input was made; the machine may be busy, though. */
const AT_ONCE = 3000

const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKID/20150830/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0'

const json = (body: string | Uint8Array, target = 'GraniteServiceVersion20100801.PutMetricAlarm', more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.0' },
  body: Buffer.from(body),
  ...more,
})
const rest = (body: string, path = '/TraceSegments'): WireRequest => ({ method: 'POST', path, query: '', headers: {}, body: Buffer.from(body) })
const form = (body: string | Uint8Array, more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', authorization: SIGNED },
  body: Buffer.from(body),
  ...more,
})
const alarm = (rest: string): WireRequest => form(`Action=PutMetricAlarm&Version=2010-08-01&${rest}`)
const publish = (rest: string): WireRequest => form(`Action=Publish&Version=2010-03-31&${rest}`)
const RPC = { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' }
const cbor = (hex: string, operation = 'PutMetricAlarm', more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: `/service/GraniteServiceVersion20100801/operation/${operation}`,
  query: '',
  headers: RPC,
  body: Buffer.from(hex, 'hex'),
  ...more,
})

/** `{ "<name>": … }` in CBOR, the value as hex. */
const member = (name: string, value: string): string => `a1${hexText(name)}${value}`
const hexText = (value: string): string => Buffer.from([0x60 + value.length]).toString('hex') + Buffer.from(value).toString('hex')

const run = (request: WireRequest): WireReply => {
  const reply = answer(request, () => {
    throw new Error('was let through')
  })
  if (reply === undefined) throw new Error('was not taken for an AWS request')
  return reply
}

type Case = readonly [name: string, request: WireRequest, code: string]

const jsonCases: readonly Case[] = [
  ['null', json('null'), 'SerializationException'],
  ['a list', json('[]'), 'SerializationException'],
  ['a text', json('"{}"'), 'SerializationException'],
  ['a number', json('5'), 'SerializationException'],
  ['only an opening brace', json('{'), 'SerializationException'],
  ['a truncated list', json('{"OKActions":["a"'), 'SerializationException'],
  ['a member without value', json('{"AlarmName":}'), 'SerializationException'],
  ['two documents', json('{}{}'), 'SerializationException'],
  ['rubbish after the end', json('{}x'), 'SerializationException'],
  ['single quotes', json("{'AlarmName':'a'}"), 'SerializationException'],
  ['a form', json('AlarmName=a'), 'SerializationException'],
  ['CBOR', json(Buffer.from('a0', 'hex')), 'SerializationException'],
  ['zero bytes', json('\0\0\0'), 'SerializationException'],
  ['bad UTF-8', json(Buffer.from('7b22416c61726d4e616d65223a22ff227d', 'hex')), 'SerializationException'],
  ['UTF-16', json(Buffer.from('{}', 'utf16le')), 'SerializationException'],
  ['a bare NaN', json('{"Threshold":NaN}'), 'SerializationException'],
  ['NaN in words', json('{"Threshold":"NaN"}'), 'InvalidParameterValueException'],
  ['a number beyond doubles', json('{"Threshold":1e999}'), 'InvalidParameterValueException'],
  ['a text for a number', json('{"Threshold":"5"}'), 'SerializationException'],
  ['a number for a text', json('{"AlarmName":5}'), 'SerializationException'],
  ['a boolean for a text', json('{"AlarmName":true}'), 'SerializationException'],
  ['a text for a boolean', json('{"ActionsEnabled":"true"}'), 'SerializationException'],
  ['an object for a list', json('{"OKActions":{}}'), 'SerializationException'],
  ['a text for a list', json('{"OKActions":"a"}'), 'SerializationException'],
  ['a list for an object', json('{"Metrics":[{"MetricStat":[]}]}'), 'SerializationException'],
  ['a list for a text', json('{"AlarmName":["a"]}'), 'SerializationException'],
  ['null in a list', json('{"OKActions":[null]}'), 'SerializationException'],
  ['a timestamp in words', json('{"StartDate":"2020-01-01T00:00:00Z"}', 'GraniteServiceVersion20100801.DescribeAlarmHistory'), 'SerializationException'],
  ['a timestamp out of reach', json('{"StartDate":1e300}', 'GraniteServiceVersion20100801.DescribeAlarmHistory'), 'SerializationException'],
  ['a million brackets', json('['.repeat(1_000_000)), 'SerializationException'],
  ['a million objects inside each other', json('{"a":'.repeat(1_000_000)), 'SerializationException'],
  ['ten million spaces', json(' '.repeat(10_000_000)), 'SerializationException'],
  ['no dot in the target', json('{}', 'PutMetricAlarm'), 'UnknownOperationException'],
  ['an unknown prefix', json('{}', 'Nobody.PutMetricAlarm'), 'UnknownOperationException'],
  ['an unknown operation', json('{}', 'GraniteServiceVersion20100801.Nothing'), 'UnknownOperationException'],
  ['an empty operation', json('{}', 'GraniteServiceVersion20100801.'), 'UnknownOperationException'],
  ['a property of objects as operation', json('{}', 'GraniteServiceVersion20100801.constructor'), 'UnknownOperationException'],
  ['a prototype as prefix', json('{}', '__proto__.toString'), 'UnknownOperationException'],
  ['a shape that is no operation', json('{}', 'GraniteServiceVersion20100801.PutMetricDataInput'), 'UnknownOperationException'],
  ['GET', json('', undefined, { method: 'GET' }), 'MethodNotAllowedException'],
  [
    'text/plain',
    json('{}', undefined, { headers: { 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricAlarm', 'content-type': 'text/plain' } }),
    'UnsupportedMediaTypeException',
  ],
]

const restCases: readonly Case[] = [
  ['truncated JSON', rest('{"TraceSegmentDocuments":['), 'SerializationException'],
  ['a wrong type', rest('{"TraceSegmentDocuments":[1]}'), 'SerializationException'],
  ['a wrong top', rest('[]'), 'SerializationException'],
  ['an unknown path', { ...rest('{}', '/Nothing'), headers: { authorization: SIGNED.replace('monitoring', 'xray') } }, 'UnknownOperationException'],
]

const queryCases: readonly Case[] = [
  ['broken percent-encoding', alarm('AlarmName=%'), 'MalformedInput'],
  ['percent-encoded bytes that are no UTF-8', alarm('AlarmName=%ff%fe'), 'MalformedInput'],
  ['bytes that are no UTF-8', form(Buffer.concat([Buffer.from('Action=PutMetricAlarm&Version=2010-08-01&AlarmName='), Buffer.from([0xff])])), 'MalformedInput'],
  ['a key twice', alarm('AlarmName=a&AlarmName=b'), 'MalformedInput'],
  ['a key in URL and body', { ...alarm('AlarmName=a'), query: 'AlarmName=b' }, 'MalformedInput'],
  ['an index in words', alarm('OKActions.member.x=a'), 'MalformedInput'],
  ['index 0', alarm('OKActions.member.0=a'), 'MalformedInput'],
  ['a negative index', alarm('OKActions.member.-1=a'), 'MalformedInput'],
  ['an index beyond integers', alarm('OKActions.member.99999999999999999999=a'), 'MalformedInput'],
  ['a text for a number', alarm('Threshold=high'), 'MalformedInput'],
  ['a hexadecimal number', alarm('Threshold=0x10'), 'MalformedInput'],
  ['an empty number', alarm('Threshold='), 'MalformedInput'],
  ['NaN', alarm('Threshold=NaN'), 'InvalidParameterValue'],
  ['a number beyond doubles', alarm('Threshold=1e999'), 'InvalidParameterValue'],
  ['neither true nor false', alarm('ActionsEnabled=maybe'), 'MalformedInput'],
  ['no timestamp', form('Action=DescribeAlarmHistory&Version=2010-08-01&StartDate=soon'), 'MalformedInput'],
  ['an impossible date', form('Action=DescribeAlarmHistory&Version=2010-08-01&StartDate=2020-02-30T00:00:00Z'), 'MalformedInput'],
  ['a value for a list', alarm('OKActions=a'), 'MalformedInput'],
  ['a value for a structure', alarm('Metrics.member.1=a'), 'MalformedInput'],
  ['members of a text', alarm('AlarmName.x=a'), 'MalformedInput'],
  ['a map entry without value', publish('MessageAttributes.entry.1.Name=a'), 'MalformedInput'],
  ['a map entry without name', publish('MessageAttributes.entry.1.Value.DataType=String'), 'MalformedInput'],
  [
    'a map key twice',
    publish([1, 2].map(n => `MessageAttributes.entry.${n}.Name=a&MessageAttributes.entry.${n}.Value.DataType=String`).join('&')),
    'MalformedInput',
  ],
  ['no base64', publish('MessageAttributes.entry.1.Name=a&MessageAttributes.entry.1.Value.BinaryValue=a*b'), 'MalformedInput'],
  ['a key of five thousand levels', alarm(`${'A.'.repeat(5000)}A=1`), 'MalformedInput'],
  ['a key of a million levels', alarm(`${'.'.repeat(1_000_000)}=1`), 'MalformedInput'],
  [
    'ten megabytes of keys of sixty levels',
    alarm(Array.from({ length: 80_000 }, (_, index) => `${index}${'.a'.repeat(60)}`).join('&')),
    'MalformedInput',
  ],
  ['millions of keys', alarm(Array.from({ length: 1_000_000 }, (_, index) => index.toString(36)).join('&')), 'MalformedInput'],
  ['an unknown action', form('Action=Nothing&Version=2010-08-01'), 'InvalidAction'],
  ['a prototype as action', form('Action=__proto__&Version=2010-08-01'), 'InvalidAction'],
  ['an unknown version', form('Action=Publish&Version=1999-01-01'), 'InvalidAction'],
  ['no version and an action of no service', form('Action=LaunchRockets'), 'InvalidAction'],
  ['no action', form('Version=2010-08-01'), 'MissingAction'],
  ['an unknown action by GET', { ...form(''), method: 'GET', query: 'Action=%3Cscript%3E&Version=2010-03-31' }, 'InvalidAction'],
]

const cborCases: readonly Case[] = [
  ['a lone break', cbor('ff'), 'SerializationException'],
  ['a list at the top', cbor('80'), 'SerializationException'],
  ['JSON', cbor(Buffer.from('{}').toString('hex')), 'SerializationException'],
  ['a truncated map', cbor('a1'), 'SerializationException'],
  ['a truncated key', cbor('a169416c61'), 'SerializationException'],
  ['a key without value', cbor(member('AlarmName', '')), 'SerializationException'],
  ['bytes after the end', cbor('a000'), 'SerializationException'],
  ['a map of 2^63 entries', cbor('bb8000000000000000'), 'SerializationException'],
  ['a list of 2^40 elements', cbor(member('OKActions', '9b0000010000000000')), 'SerializationException'],
  ['a list of 2^32 elements', cbor(member('OKActions', '9affffffff')), 'SerializationException'],
  ['a text of 2^40 bytes', cbor(member('AlarmName', '7b0000010000000000')), 'SerializationException'],
  ['an unknown member of 2^40 elements', cbor(member('Nothing', '9b0000010000000000')), 'SerializationException'],
  ['reserved lengths', cbor(member('AlarmName', '7c')), 'SerializationException'],
  ['a list without end', cbor(member('OKActions', '9f6161')), 'SerializationException'],
  ['a map without end', cbor(`bf${hexText('AlarmName')}6161`), 'SerializationException'],
  ['a text in chunks without end', cbor(member('AlarmName', '7f6161')), 'SerializationException'],
  ['a text with a chunk of bytes', cbor(member('AlarmName', '7f4161ff')), 'SerializationException'],
  ['chunks inside chunks', cbor(member('AlarmName', '7f7f6161ffff')), 'SerializationException'],
  ['bytes for a text', cbor(member('AlarmName', '4161')), 'SerializationException'],
  ['a number for a text', cbor(member('AlarmName', '05')), 'SerializationException'],
  ['a text for a number', cbor(member('Threshold', '6135')), 'SerializationException'],
  ['a number for a boolean', cbor(member('ActionsEnabled', '01')), 'SerializationException'],
  ['a map for a list', cbor(member('OKActions', 'a0')), 'SerializationException'],
  ['a list for a map', cbor(member('Metrics', '8180')), 'SerializationException'],
  ['null in a list', cbor(member('OKActions', '81f6')), 'SerializationException'],
  ['bad UTF-8', cbor(member('AlarmName', '61ff')), 'SerializationException'],
  ['keys that are no texts', cbor('a10101'), 'SerializationException'],
  ['a key twice', cbor(`a2${hexText('AlarmName')}6161${hexText('AlarmName')}6162`), 'SerializationException'],
  ['NaN', cbor(member('Threshold', 'f97e00')), 'InvalidParameterValueException'],
  ['infinity', cbor(member('Threshold', 'fb7ff0000000000000')), 'InvalidParameterValueException'],
  ['half of a double', cbor(member('Threshold', 'fb3ff00000')), 'SerializationException'],
  ['a bignum of a kilobyte', cbor(member('Threshold', `c2590400${'ff'.repeat(1024)}`)), 'SerializationException'],
  ['a timestamp without its tag', cbor(member('StartDate', '1a5f000000'), 'DescribeAlarmHistory'), 'SerializationException'],
  ['a timestamp in words', cbor(member('StartDate', 'c16161'), 'DescribeAlarmHistory'), 'SerializationException'],
  ['a timestamp that is no number', cbor(member('StartDate', 'c1f97e00'), 'DescribeAlarmHistory'), 'SerializationException'],
  ['a hundred thousand lists inside each other', cbor(member('OKActions', '81'.repeat(100_000))), 'SerializationException'],
  ['… in a member nobody knows', cbor(member('Nothing', '81'.repeat(100_000))), 'SerializationException'],
  ['… without lengths', cbor(member('Nothing', '9f'.repeat(100_000))), 'SerializationException'],
  ['a hundred thousand tags', cbor(member('Nothing', 'c1'.repeat(100_000))), 'SerializationException'],
  ['an unknown service', cbor('a0', 'X', { path: '/service/Nobody/operation/PutMetricAlarm' }), 'UnknownOperationException'],
  ['an unknown operation', cbor('a0', 'Nothing'), 'UnknownOperationException'],
  ['no operation in the path', cbor('a0', 'X', { path: '/' }), 'UnknownOperationException'],
  ['a sister protocol', cbor('a0', 'PutMetricAlarm', { headers: { ...RPC, 'smithy-protocol': 'rpc-v2-json' } }), 'UnknownOperationException'],
  ['another content type', cbor('a0', 'PutMetricAlarm', { headers: { ...RPC, 'content-type': 'application/json' } }), 'UnsupportedMediaTypeException'],
  ['GET', cbor('', 'PutMetricAlarm', { method: 'GET' }), 'MethodNotAllowedException'],
]

const timed = <Value>(act: () => Value): Value => {
  const before = performance.now()
  const value = act()
  expect(performance.now() - before).toBeLessThan(AT_ONCE)
  return value
}

const isClientError = ({ status }: WireReply): boolean => status >= 400 && status < 500

describe('AWS JSON refuses', () => {
  it.each(jsonCases)('%s', (_name, request, code) => {
    const reply = timed(() => run(request))
    expect(isClientError(reply)).toBe(true)
    expect(reply.headers['content-type']).toBe('application/x-amz-json-1.0')
    expect(parseJson(Buffer.from(reply.body))).toMatchObject({ __type: expect.stringMatching(new RegExp(`(?:^|#)${code}$`)), message: expect.stringMatching(/./) })
  })
})

describe('REST-JSON refuses', () => {
  it.each(restCases)('%s', (_name, request, code) => {
    const reply = timed(() => run(request))
    expect(isClientError(reply)).toBe(true)
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'x-amzn-errortype': code })
  })
})

describe('AWS query refuses', () => {
  it.each(queryCases)('%s', (_name, request, code) => {
    const reply = timed(() => run(request))
    expect(isClientError(reply)).toBe(true)
    expect(reply.headers['content-type']).toBe('text/xml')
    const parser = new SaxesParser()
    parser.on('error', error => {
      throw error
    })
    parser.write(String(reply.body)).close()
    expect(reply.body).toContain(`<Code>${code}</Code>`)
  })
})

describe('RPC CBOR refuses', () => {
  const shape = structureShape(services[0]?.schemas ?? {}, 'InvalidParameterValueException')
  it.each(cborCases)('%s', (_name, request, code) => {
    const reply = timed(() => run(request))
    expect(isClientError(reply)).toBe(true)
    expect(reply.headers).toMatchObject({ 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' })
    const body = Buffer.from(reply.body)
    if (shape === undefined) throw new Error('no shape to read the error by')
    expect(readCbor(body, shape)).toMatchObject({ message: expect.stringMatching(/./) })
    expect(body.toString('latin1')).toContain(`#${code}`)
  })
})

describe('what does no harm is taken', () => {
  const seen = (request: WireRequest): unknown => {
    let input: unknown
    const reply = answer(request, given => {
      input = given
    })
    expect(reply?.status).toBe(200)
    return input
  }

  it.each<readonly [string, WireRequest, unknown]>([
    ['unknown members', json('{"Nothing":[[[{}]]],"AlarmName":"a"}'), { AlarmName: 'a' }],
    ['nulls', json('{"AlarmName":null,"OKActions":null}'), {}],
    ['an empty body', json(''), {}],
    ['a key twice: the last one', json('{"AlarmName":"a","AlarmName":"b"}'), { AlarmName: 'b' }],
    ['a prototype for a member', json('{"__proto__":{"AlarmName":"x"},"constructor":1}'), {}],
    ['deep unknown members', json(`{"Nothing":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), {}],
    ['unknown form keys', alarm('Nothing.member.x=1&AlarmName=a+b%20c'), { AlarmName: 'a b c' }],
    ['an empty list in a form', alarm('OKActions='), { OKActions: [] }],
    ['gaps and disorder in a list', alarm('OKActions.member.30=c&OKActions.member.2=a&OKActions.member.10=b'), { OKActions: ['a', 'b', 'c'] }],
    ['a form key without value', alarm('AlarmName'), { AlarmName: '' }],
    ['a content type in capitals', { ...alarm('AlarmName=a'), headers: { 'content-type': 'Application/X-WWW-Form-URLEncoded' } }, { AlarmName: 'a' }],
    ['empty pairs', alarm('&&AlarmName=a&&'), { AlarmName: 'a' }],
    ['an action by GET', { ...form(''), method: 'GET', query: 'Action=ConfirmSubscription&Version=2010-03-31&Token=t' }, { Token: 't' }],
    ['unknown CBOR members', cbor(`a2${hexText('Nothing')}9f82a0c14101f4f6ff${hexText('AlarmName')}6161`), { AlarmName: 'a' }],
    ['CBOR without lengths', cbor(`bf${hexText('OKActions')}9f7f61616162ff6163ffff`), { OKActions: ['ab', 'c'] }],
    ['CBOR nulls', cbor(member('AlarmName', 'f6')), {}],
    ['an empty CBOR body', cbor(''), {}],
    ['CBOR numbers of every width', cbor(member('Threshold', 'f93c00')), { Threshold: 1 }],
    ['a CBOR bignum', cbor(member('Threshold', 'c3420100')), { Threshold: -257 }],
  ])('%s', (_name, request, input) => {
    expect(timed(() => seen(request))).toEqual(input)
  })

  it('keeps a prototype out of maps', () => {
    const input = seen(json('{"logGroupName":"g","tags":{"__proto__":"x"}}', 'Logs_20140328.CreateLogGroup')) as { tags: object }
    expect(Object.getPrototypeOf(input.tags)).toBe(Object.prototype)
    expect(Object.entries(input.tags)).toEqual([['__proto__', 'x']])
  })

  it('leaves what is not for AWS to others', () => {
    const foreign: readonly Partial<WireRequest>[] = [
      { method: 'GET', path: '/' },
      { method: 'POST', path: '/api/v1/login', headers: { 'content-type': 'application/json' } },
      { method: 'POST', path: '/login', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: Buffer.from('user=a') },
      { method: 'GET', path: '/service/GraniteServiceVersion20100801/operation/PutMetricData' },
    ]
    for (const request of foreign) {
      expect(answer({ method: 'GET', path: '/', query: '', headers: {}, body: new Uint8Array(0), ...request }, () => ({}))).toBeUndefined()
    }
  })
})

describe('mutations of sound requests', () => {
  const hex = `a3${hexText('AlarmName')}6161${hexText('Metrics')}81a2${hexText('Id')}626d31${hexText('ReturnData')}f5${hexText('Threshold')}fb4054000000000000`
  const sound: readonly WireRequest[] = [
    json('{"AlarmName":"a","Metrics":[{"Id":"m1","MetricStat":{"Period":60,"Metric":{"Dimensions":[{"Name":"a","Value":"b"}]}}}],"Threshold":80.5}'),
    alarm('AlarmName=a&Metrics.member.1.Id=m1&Metrics.member.1.MetricStat.Metric.Dimensions.member.1.Name=a&Threshold=80.5'),
    cbor(hex),
    rest('{"TraceSegmentDocuments":["{}","a"]}'),
  ]

  it('are answered with success or a 4xx, never with anything else', () => {
    const edit = fc.record({ at: fc.nat(400), byte: fc.nat(255), kind: fc.constantFrom('replace', 'insert', 'cut', 'drop') })
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.array(edit, { minLength: 1, maxLength: 4 }), (request, edits) => {
        let body = Buffer.from(request.body)
        for (const { at, byte, kind } of edits) {
          const place = at % (body.length + 1)
          if (kind === 'cut') body = body.subarray(0, place)
          else body = Buffer.concat([body.subarray(0, place), kind === 'drop' ? Buffer.alloc(0) : Buffer.from([byte]), body.subarray(kind === 'insert' ? place : place + 1)])
        }
        const reply = answer({ ...request, body }, () => ({}))
        if (reply !== undefined) expect(reply.status === 200 || isClientError(reply)).toBe(true)
      }),
      { numRuns: 5000 },
    )
  })
})
