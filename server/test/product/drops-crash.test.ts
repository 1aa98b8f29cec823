import { CloudWatchLogsClient, FilterLogEventsCommand, type FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

const OBJECTS = 6
const LINES = 12_000

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

test('objects that a server is killed over again and again become events once each', async () => {
  const options = { data: dataFolder() }
  let server = await RunningServer.start(options)
  await s3(server).send(new CreateBucketCommand({ Bucket: 'drops' }))
  for (let object = 0; object < OBJECTS; object++) {
    const text = linesOf(object).join('\n')
    await s3(server).send(new PutObjectCommand({ Bucket: 'drops', Key: `o${object}`, Body: object % 2 === 0 ? text : gzipSync(text) }))
  }
  const taken = async (): Promise<string | undefined> => {
    const { parts } = (await (await fetch(`${server.url}/health`)).json()) as { parts: { logDrops: { state: string } } }
    return parts.logDrops.state === 'waiting' ? 'all' : undefined
  }
  for (let round = 0; round < 6 && (await taken()) === undefined; round++) {
    await new Promise(resolve => setTimeout(resolve, 20 + 130 * Math.random()))
    await server.kill()
    server = await RunningServer.start(options)
  }
  await eventually(taken, 'all objects are taken', 60_000)
  const counts = await counted(server)
  await server.stop()
  const all = Array.from({ length: OBJECTS }, (_, object) => linesOf(object)).flat()
  expect(all.filter(message => counts.get(message) !== 1)).toEqual([])
  expect(counts.size).toBe(all.length)
}, 180_000)
