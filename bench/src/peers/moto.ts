import { BodySource } from '../put-metric-data-bodies.ts'
import { LogLines } from '../log-lines.ts'
import { freePort } from '../server-under-test.ts'
import { onPath, startPeer, type Peer } from './peer.ts'
import { itemsPerCpuSecond, send, type Parcel } from './sending.ts'

const SERIES = 10_000
const A_REQUEST = 1000
const REQUESTS = 60
const GROUP = { logGroupName: '/bench/app' }
const STREAM = { ...GROUP, logStreamName: 'i-0' }

/** The mock of AWS that most tests run against; it keeps all in memory. Without gzip, which it refuses. */
export const motoPutMetricData: Peer = {
  name: 'moto, PutMetricData',
  program: 'moto_server',
  async measure({ seconds }) {
    const source = new BodySource('json-plain', SERIES, A_REQUEST)
    const bodies: Parcel[] = []
    for (let request = 0; request < REQUESTS; request++) {
      const { path, headers, body } = await source.next()
      bodies.push({ path, body, items: A_REQUEST, headers: { ...headers, authorization: SCOPE('monitoring') } })
    }
    return onMoto(async (url, pid) => ({ 'M datapoints/CPU-s': (await itemsPerCpuSecond(url, pid, repeated(bodies), seconds)) / 1e6 }))
  },
}

export const motoPutLogEvents: Peer = {
  name: 'moto, PutLogEvents',
  program: 'moto_server',
  measure: ({ seconds }) =>
    onMoto(async (url, pid) => {
      await send(url, [logs('CreateLogGroup', GROUP, 0)])
      await send(url, [logs('CreateLogStream', STREAM, 0)])
      const lines = new LogLines(7)
      const now = Date.now()
      const bodies = Array.from({ length: REQUESTS }, () =>
        logs('PutLogEvents', { ...STREAM, logEvents: Array.from({ length: A_REQUEST }, (_, at) => ({ timestamp: now - 60_000 + at * 60, message: lines.next() })) }, A_REQUEST))
      return { 'M events/CPU-s': (await itemsPerCpuSecond(url, pid, repeated(bodies), seconds)) / 1e6 }
    }),
}

const onMoto = async <Result>(use: (url: string, pid: number) => Promise<Result>): Promise<Result> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const moto = await startPeer(onPath('moto_server')!, ['-p', String(port)], `${url}/moto-api/data.json`)
  try {
    return await use(url, moto.pid)
  } finally {
    await moto.stop()
  }
}

/** It only reads the service's name out of a signature. */
const SCOPE = (service: string): string => `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

const logs = (operation: string, input: object, items: number): Parcel => ({
  path: '/',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}`, authorization: SCOPE('logs') },
  body: Buffer.from(JSON.stringify(input)),
  items,
})

/** More than can be sent in the time. */
const repeated = (bodies: readonly Parcel[]): readonly Parcel[] => Array.from({ length: 100 }, () => bodies).flat()
