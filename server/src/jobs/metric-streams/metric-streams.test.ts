import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { metricStreamArn } from '../../base/arn.ts'
import { seededEntropy } from '../../base/entropy.ts'
import { ManualClock } from '../../base/manual-clock.ts'
import type { OutgoingHttp, OutgoingRequest, OutgoingResult } from '../../base/outgoing.ts'
import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, millis, type EpochMillis } from '../../base/time.ts'
import { parseAllowList } from '../../egress/allow-list.ts'
import { Egress } from '../../egress/egress.ts'
import type { ManyBucketsQuery, MetricIdentity, UnitBuckets } from '../../model/metric.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import { MetricStreamRounds } from './metric-stream-rounds.ts'
import type { RunningStreams } from './ports.ts'

const TENANT: Tenant = { account: accountId('123456789012'), region: region('us-east-1') }
const NOON = Date.parse('2026-03-04T12:00:00Z')

/** One sample of value 1 a minute for every metric, from the beginning of time on. */
class Metrics {
  names = ['x']
  broken = false

  async list(): Promise<readonly MetricIdentity[]> {
    if (this.broken) throw new Error('the store is away')
    return this.names.map(name => ({ namespace: 'App', name, dimensions: [] }))
  }

  async readMany(query: ManyBucketsQuery): Promise<readonly (readonly UnitBuckets[])[]> {
    const minutes = Array.from({ length: (query.end - query.start) / 60 }, (_, place) => query.start + place * 60)
    return query.metrics.map(() => [{ unit: 'None', buckets: minutes.map(start => ({ start: epochSeconds(start), count: 1, sum: 1, minimum: 1, maximum: 1 })) }])
  }
}

class Streams implements RunningStreams {
  readonly all = new Map<string, { stream: MetricStream; sentUpTo: EpochMillis }>()

  add(name: string, firehoseArn: string, at: number): this {
    const stream: MetricStream = {
      tenant: TENANT, arn: metricStreamArn(TENANT, name), name, state: 'running', firehoseArn, roleArn: 'r', format: 'json', include: [], exclude: [],
      statistics: [], includeLinkedAccounts: false, createdAt: epochMillis(at), updatedAt: epochMillis(at),
    }
    this.all.set(name, { stream, sentUpTo: epochMillis(at) })
    return this
  }

  async running() {
    return [...this.all.values()]
  }

  async setSentUpTo(_tenant: Tenant, name: string, at: EpochMillis): Promise<void> {
    const kept = this.all.get(name)
    if (kept !== undefined) kept.sentUpTo = at
  }

  position(name: string): string {
    return new Date(this.all.get(name)!.sentUpTo).toISOString().slice(11, 16)
  }
}

/** A receiver that takes everything unless it is told otherwise. */
class Receiver implements OutgoingHttp {
  readonly taken: OutgoingRequest[] = []
  readonly refused: OutgoingRequest[] = []
  answer = (_request: OutgoingRequest): OutgoingResult | Promise<OutgoingResult> => ({ kind: 'answer', status: 200, headers: {}, body: '' })

  async send(request: OutgoingRequest): Promise<OutgoingResult> {
    const result = await this.answer(request)
    ;(result.kind === 'answer' && result.status === 200 ? this.taken : this.refused).push(request)
    return result
  }
}

interface Envelope {
  readonly requestId: string
  readonly timestamp: number
  readonly records: readonly { readonly data: string }[]
}
const envelope = (request: Pick<OutgoingRequest, 'body'>): Envelope => JSON.parse(request.body!) as Envelope
/** The minutes in a request, as `x 12:00`. */
const minutesIn = (request: Pick<OutgoingRequest, 'body'>): readonly string[] =>
  envelope(request).records.flatMap(({ data }) =>
    Buffer.from(data, 'base64').toString().trim().split('\n').map(line => {
      const { metric_name: name, timestamp } = JSON.parse(line) as { metric_name: string; timestamp: number }
      return `${name} ${new Date(timestamp).toISOString().slice(11, 16)}`
    }),
  )

let clock: ManualClock
let metrics: Metrics
let streams: Streams
let receiver: Receiver
let logged: string[]

const running = (http: OutgoingHttp = receiver, tags: Readonly<Record<string, string>> = {}): MetricStreamRounds => {
  const note = (facts: object, text: string): void => void logged.push(`${text} ${JSON.stringify(facts)}`)
  const rounds = new MetricStreamRounds({
    clock, entropy: seededEntropy(1), log: { info: note, warn: note, error: note }, streams, directory: metrics, reads: metrics, http,
    tags: { get: async () => tags },
  })
  rounds.start()
  onTestFinished(() => rounds.stop())
  return rounds
}
const pass = (seconds: number): Promise<void> => clock.advance(millis(seconds * 1000))

beforeEach(() => {
  clock = new ManualClock(epochMillis(NOON))
  metrics = new Metrics()
  streams = new Streams().add('s', 'https://receiver.test/in#secret', NOON)
  receiver = new Receiver()
  logged = []
})

test('a minute is sent once, when it is over and had its time', async () => {
  running()
  await pass(75)
  expect(receiver.taken).toEqual([])
  await pass(10)
  expect(receiver.taken.flatMap(minutesIn)).toEqual(['x 12:00'])
  expect(streams.position('s')).toBe('12:01')
  await pass(60)
  expect(receiver.taken.flatMap(minutesIn)).toEqual(['x 12:00', 'x 12:01'])
  await pass(30)
  expect(receiver.taken).toHaveLength(2)
})

test('requests are Firehose\'s, the key is a header and not in the URL', async () => {
  running()
  await pass(85)
  const [request] = receiver.taken
  const { requestId, timestamp, records } = envelope(request!)
  expect(request).toMatchObject({
    url: 'https://receiver.test/in',
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-amz-firehose-protocol-version': '1.0',
      'x-amz-firehose-request-id': requestId,
      'x-amz-firehose-source-arn': 'arn:aws:cloudwatch:us-east-1:123456789012:metric-stream/s',
      'x-amz-firehose-access-key': 'secret',
    },
  })
  expect(requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  expect(records).toHaveLength(1)
  expect(timestamp).toBe(NOON + 80_000)
})

test('the receiver of an ARN stands in a tag', async () => {
  streams.add('s', 'arn:aws:firehose:us-east-1:123456789012:deliverystream/d', NOON)
  running(receiver, { Endpoint: 'https://tagged.test/' })
  await pass(85)
  expect(receiver.taken[0]).toMatchObject({ url: 'https://tagged.test/' })
})

describe('receivers that fail', () => {
  test('what they did not take comes again, in order, after growing pauses', async () => {
    receiver.answer = () => ({ kind: 'answer', status: 503, headers: {}, body: '' })
    running()
    await pass(5 * 60)
    const attempts = receiver.refused.length
    expect(attempts).toBeGreaterThan(3)
    expect(attempts).toBeLessThan(9)
    expect(streams.position('s')).toBe('12:00')
    expect(logged).toHaveLength(1)
    receiver.answer = () => ({ kind: 'answer', status: 200, headers: {}, body: '' })
    await pass(5 * 60)
    expect(receiver.taken.flatMap(minutesIn).slice(0, 4)).toEqual(['x 12:00', 'x 12:01', 'x 12:02', 'x 12:03'])
    expect(streams.position('s')).toBe('12:09')
  })

  test('a repeated request has its id again', async () => {
    let first = true
    receiver.answer = () => {
      const status = first ? 500 : 200
      first = false
      return { kind: 'answer', status, headers: {}, body: '' }
    }
    running()
    await pass(100)
    expect(envelope(receiver.taken[0]!).requestId).toBe(envelope(receiver.refused[0]!).requestId)
  })

  test('the backlog is two hours; older minutes are given up and that is said', async () => {
    streams.add('s', 'https://receiver.test/', NOON - 5 * 3600_000)
    running()
    await pass(5)
    const sent = receiver.taken.flatMap(minutesIn)
    expect(sent).toHaveLength(120)
    expect(sent[0]).toBe('x 09:59')
    expect(logged).toEqual([expect.stringContaining('gave up')])
  })

  test('of many requests only those come again that were not taken', async () => {
    metrics.names = Array.from({ length: 1201 }, (_, number) => `m${number}`)
    let left = 1
    receiver.answer = () => ({ kind: 'answer', status: left-- > 0 ? 200 : 503, headers: {}, body: '' })
    const rounds = running()
    await pass(85)
    for (let turn = 0; turn < 40; turn++) await pass(0)
    expect(receiver.taken).toHaveLength(1)
    expect(rounds.status).toEqual({ running: 1, failing: 1 })
    receiver.answer = () => ({ kind: 'answer', status: 200, headers: {}, body: '' })
    await pass(10)
    for (let turn = 0; turn < 40; turn++) await pass(0)
    const minutes = receiver.taken.flatMap(minutesIn)
    expect(minutes).toHaveLength(1201)
    expect(new Set(minutes).size).toBe(1201)
    expect(rounds.status).toEqual({ running: 1, failing: 0 })
  })

  test('a slow one holds up nobody else', async () => {
    streams.add('slow', 'https://slow.test/', NOON)
    receiver.answer = request =>
      request.url.includes('slow') ? new Promise<never>(() => undefined) : { kind: 'answer', status: 200, headers: {}, body: '' }
    const rounds = running()
    await pass(10 * 60)
    expect(streams.position('s')).toBe('12:09')
    await rounds.stop()
    expect(streams.position('slow')).toBe('12:00')
  })

  test('a store that fails is complained of once, and streams go on', async () => {
    metrics.broken = true
    running()
    await pass(3 * 60)
    expect(logged).toHaveLength(1)
    metrics.broken = false
    await pass(60)
    expect(streams.position('s')).toBe('12:03')
  })
})

test('after a restart streams go on where the receiver has everything', async () => {
  const first = running()
  await pass(85)
  await first.stop()
  await pass(180)
  expect(streams.position('s')).toBe('12:01')
  running()
  await pass(10)
  expect(receiver.taken.flatMap(minutesIn)).toEqual(['x 12:00', 'x 12:01', 'x 12:02', 'x 12:03'])
})

test('many metrics are many requests', async () => {
  metrics.names = Array.from({ length: 1201 }, (_, number) => `m${number}`)
  running()
  await pass(85)
  for (let turn = 0; turn < 40; turn++) await pass(0)
  expect(receiver.taken.map(request => minutesIn(request).length)).toEqual([500, 500, 201])
})

test('addresses inside the house are refused unless they were allowed', async () => {
  const http = new Egress({ clock, allow: parseAllowList(''), userAgent: 'test' })
  onTestFinished(() => http.close())
  streams.add('s', 'http://169.254.169.254/latest#secret', NOON)
  const rounds = running(http)
  await pass(85)
  await expect.poll(() => logged).toEqual([expect.stringContaining('could not be sent')])
  expect(logged.join()).not.toContain('secret')
  expect(rounds.status.failing).toBe(1)
})

test('a real receiver, through the guard', async () => {
  const bodies: Envelope[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      bodies.push(JSON.parse(Buffer.concat(chunks).toString()) as Envelope)
      outgoing.end(JSON.stringify({ requestId: incoming.headers['x-amz-firehose-request-id'], timestamp: 0 }))
      server.emit('taken')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const http = new Egress({ clock, allow: parseAllowList('127.0.0.1'), userAgent: 'test' })
  onTestFinished(() => {
    http.close()
    server.close()
  })
  streams.add('s', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, NOON)
  running(http)
  const taken = once(server, 'taken')
  await pass(85)
  await taken
  expect(bodies.map(body => minutesIn({ body: JSON.stringify(body) }))).toEqual([['x 12:00']])
})
