import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand, PutSubscriptionFilterCommand } from '@aws-sdk/client-cloudwatch-logs'
import { AwsCaller } from './aws-caller.ts'
import { atMost, quantile, shown, type Benchmark } from './benchmark.ts'
import { LogLines } from './log-lines.ts'
import { startServer } from './server-under-test.ts'

const GROUP = '/bench/app'
const STREAMS = Array.from({ length: 10 }, (_, number) => `i-${number}`)
/** 2,000 events a second. */
const REQUESTS_PER_SECOND = 20
const EVENTS = 100
/** Every so many requests hold one line with an error: four a second. */
const ERROR_EVERY = 5
const WARM_UP = 3_000
const PATIENCE = 10_000
/** In place of what a line of the load could hold. */
const ERROR = 'FATAL-SENTINEL'

/** Lines with an error among 2,000 events a second, each sent on to a Slack webhook by a subscription filter through a topic. */
export const logToWebhook: Benchmark = {
  name: 'log-to-webhook',
  async run(options) {
    const received = new Map<string, number>()
    const slack = await slackWebhook(text => {
      for (const [id] of text.matchAll(/sentinel-\d+/g)) if (!received.has(id)) received.set(id, performance.now())
    })
    const server = await startServer({ ...options, environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } })
    const caller = new AwsCaller(server)
    const client = new CloudWatchLogsClient({ endpoint: server.url, region: 'us-east-1', credentials: server.credentials })
    try {
      const topic = /<TopicArn>(.+)<\/TopicArn>/.exec(await caller.sns('CreateTopic', { Name: 'on-call' }))![1]!
      await caller.sns('Subscribe', { TopicArn: topic, Protocol: 'slack', Endpoint: slack.url })
      await client.send(new CreateLogGroupCommand({ logGroupName: GROUP }))
      for (const logStreamName of STREAMS) await client.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName }))
      await client.send(new PutSubscriptionFilterCommand({ logGroupName: GROUP, filterName: 'errors', filterPattern: `"${ERROR}"`, destinationArn: topic }))

      const lines = new LogLines(11)
      const sent = new Map<string, number>()
      const acknowledged: number[] = []
      let number = 0
      const put = async (): Promise<void> => {
        const at = number++
        const messages = Array.from({ length: EVENTS }, () => lines.next())
        const id = at % ERROR_EVERY === 0 ? `sentinel-${at}` : undefined
        if (id !== undefined) messages[EVENTS / 2] = JSON.stringify({ level: 'ERROR', message: `${ERROR} ${id}` })
        const logEvents = messages.map(message => ({ timestamp: Date.now(), message }))
        const begun = performance.now()
        if (id !== undefined) sent.set(id, begun)
        await client.send(new PutLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAMS[at % STREAMS.length], logEvents }))
        acknowledged.push(performance.now() - begun)
      }
      await load(put, WARM_UP)
      await delay(1_000)
      sent.clear()
      received.clear()
      acknowledged.length = 0
      await load(put, options.seconds * 1000)
      const deadline = performance.now() + PATIENCE
      while (received.size < sent.size && performance.now() < deadline) await delay(20)
      if (received.size < sent.size) throw new Error(`${received.size} messages of ${sent.size} arrived`)
      const delays = [...sent].map(([id, at]) => (received.get(id)! - at) / 1000)
      return [
        atMost(2, 's', '2,000 log events a second: line with an error written to Slack webhook received, p99', quantile(delays, 0.99)),
        shown('s', '2,000 log events a second: line written to Slack webhook received, p50', quantile(delays, 0.5)),
        shown('ms', '2,000 log events a second: acknowledgement p99', quantile(acknowledged, 0.99)),
      ]
    } finally {
      client.destroy()
      caller.close()
      await server.stop()
      slack.close()
    }
  },
}

/** At a steady rate, however long an answer takes; throws what any of them throws. */
const load = async (put: () => Promise<void>, forMillis: number): Promise<void> => {
  const begun = performance.now()
  const running: Promise<void>[] = []
  for (let number = 0; number * (1000 / REQUESTS_PER_SECOND) < forMillis; number++) {
    await delay(Math.max(0, begun + number * (1000 / REQUESTS_PER_SECOND) - performance.now()))
    running.push(put())
  }
  await Promise.all(running)
}

const slackWebhook = async (take: (text: string) => void) => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      take(Buffer.concat(chunks).toString())
      response.end('ok')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T/B/x`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
