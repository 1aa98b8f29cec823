import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, FilterLogEventsCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

const STREAMS = ['a', 'b', 'c', 'd']

/** Writes to one stream until the server is gone; answers what was acknowledged, and what may be there without having been. */
const write = async (server: RunningServer, stream: string, round: number, acknowledged: string[], open: Set<string>): Promise<void> => {
  const client = new CloudWatchLogsClient(server.clientConfig())
  for (let step = 0; ; step++) {
    const messages = Array.from({ length: 20 }, (_, at) => `{"id":"${round}-${stream}-${step}-${at}","level":"INFO","n":${at}}`)
    for (const message of messages) open.add(message)
    try {
      await client.send(new PutLogEventsCommand({ logGroupName: 'g', logStreamName: stream, logEvents: messages.map(message => ({ timestamp: Date.now(), message })) }))
    } catch {
      return
    }
    for (const message of messages) open.delete(message)
    acknowledged.push(...messages)
  }
}

const stored = async (server: RunningServer): Promise<readonly string[]> => {
  const client = new CloudWatchLogsClient(server.clientConfig())
  const found: string[] = []
  let nextToken: string | undefined
  do {
    const page = await client.send(new FilterLogEventsCommand({ logGroupName: 'g', nextToken }))
    found.push(...(page.events ?? []).map(({ message }) => message!))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return found
}

test('a killed server has every acknowledged event, each once', async () => {
  const options = { data: dataFolder() }
  const acknowledged: string[] = []
  const open = new Set<string>()
  let server = await RunningServer.start(options)
  const client = new CloudWatchLogsClient(server.clientConfig())
  await client.send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  for (const logStreamName of STREAMS) await client.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName }))
  // Killed before the first block, in the midst of blocks, and soon after a start.
  for (const [round, millis] of [300, 1900, 1100].entries()) {
    const running = server
    const writing = STREAMS.map(stream => write(running, stream, round, acknowledged, open))
    await new Promise(resolve => setTimeout(resolve, millis))
    await running.kill()
    await Promise.all(writing)
    server = await RunningServer.start(options)
  }
  const found = await stored(server)
  await server.stop()
  const counts = new Map<string, number>()
  for (const message of found) counts.set(message, (counts.get(message) ?? 0) + 1)
  expect(acknowledged.length).toBeGreaterThan(500)
  expect(acknowledged.filter(message => !counts.has(message))).toEqual([])
  expect([...counts].filter(([, count]) => count > 1)).toEqual([])
  expect(found.filter(message => !open.has(message)).length).toBe(acknowledged.length)
}, 120_000)
