import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand, type FilterLogEventsCommandOutput, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

const OBJECTS = 5
const LINES = 20_000
const KILLS = 4

const s3 = (server: RunningServer): S3Client => new S3Client({ ...server.clientConfig(), forcePathStyle: true })

const linesOf = (object: number): readonly string[] =>
  Array.from({ length: LINES }, (_, line) => `{"id":"${object}-${line}","level":"INFO","text":"${'x'.repeat(line % 120)}"}`)

const counted = async (server: RunningServer): Promise<ReadonlyMap<string, number>> => {
  const client = new CloudWatchLogsClient(server.clientConfig())
  const counts = new Map<string, number>()
  let nextToken: string | undefined
  do {
    const page: FilterLogEventsCommandOutput = await client.send(new FilterLogEventsCommand({ logGroupName: '/s3/drops', nextToken }))
    for (const { message } of page.events ?? []) counts.set(message!, (counts.get(message!) ?? 0) + 1)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return counts
}

/** Objects that were left in the middle. */
const halfTaken = (data: string): number => {
  const database = new DatabaseSync(join(data, 'control.db'))
  const row = database.prepare('select count(*) as n from drops where state = \'taking\'').get()
  database.close()
  return Number(row?.['n'])
}

test('objects that a server is killed over again and again become events once each, and metrics of them', async () => {
  const options = { data: dataFolder() }
  let server = await RunningServer.start(options)
  await s3(server).send(new CreateBucketCommand({ Bucket: 'drops' }))
  const logs = new CloudWatchLogsClient(server.clientConfig())
  const metricTransformations = [{ metricNamespace: 'Drops', metricName: 'lines', metricValue: '1' }]
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/s3/drops' }))
  await logs.send(new PutMetricFilterCommand({ logGroupName: '/s3/drops', filterName: 'lines', filterPattern: '{ $.level = INFO }', metricTransformations }))
  const client = s3(server)
  const bodies = Array.from({ length: OBJECTS }, (_, object) => (object % 2 === 0 ? linesOf(object).join('\n') : gzipSync(linesOf(object).join('\n'))))
  await Promise.all(bodies.map((Body, object) => client.send(new PutObjectCommand({ Bucket: 'drops', Key: `o${object}`, Body }))))
  const taken = async (): Promise<string | undefined> => {
    const { parts } = (await (await fetch(`${server.url}/health`)).json()) as { parts: { logDrops: { state: string } } }
    return parts.logDrops.state === 'waiting' ? 'all' : undefined
  }
  let interrupted = 0
  for (let round = 0; round < KILLS && (await taken()) === undefined; round++) {
    await new Promise(resolve => setTimeout(resolve, 130 * Math.random()))
    await server.kill()
    interrupted += halfTaken(options.data)
    server = await RunningServer.start(options)
  }
  await eventually(taken, 'all objects are taken', 60_000)
  expect(interrupted).toBeGreaterThan(0)
  const counts = await counted(server)
  const [StartTime, EndTime] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)]
  const range = { StartTime, EndTime, Period: 7_200, Statistics: ['Sum' as const] }
  const { Datapoints = [] } = await server.cloudWatch().send(new GetMetricStatisticsCommand({ Namespace: 'Drops', MetricName: 'lines', ...range }))
  await server.stop()
  expect(Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0)).toBe(OBJECTS * LINES)
  const all = Array.from({ length: OBJECTS }, (_, object) => linesOf(object)).flat()
  expect(all.filter(message => counts.get(message) !== 1)).toEqual([])
  expect(counts.size).toBe(all.length)
}, 300_000)
