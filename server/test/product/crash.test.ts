import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetMetricDataCommand, PutMetricDataCommand, type CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { afterEach, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually } from './running-server.ts'

const NAMESPACE = 'Crash'
const DATUMS = 50
const CONNECTIONS = 4

let running: RunningServer | undefined
afterEach(async () => {
  await running?.kill()
  running = undefined
})

/** Publishes batches, each of its own metric, until the server dies; answers the names by whether they were acknowledged. */
const publishUntilDeath = async (client: CloudWatchClient, round: number, onAcknowledged: (count: number) => void) => {
  const acknowledged: string[] = []
  const unknown: string[] = []
  let dead = false
  const worker = async (id: number): Promise<void> => {
    for (let batch = 0; !dead; batch++) {
      const name = `r${round}-w${id}-b${batch}`
      const data = Array.from({ length: DATUMS }, (_, index) => ({ MetricName: name, Value: index + 0.5, Unit: 'Count' as const }))
      try {
        await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: data }))
        acknowledged.push(name)
        onAcknowledged(acknowledged.length)
      } catch {
        // Whether it was taken cannot be known: it may be there once, or not at all.
        unknown.push(name)
        dead = true
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, id) => worker(id)))
  return { acknowledged, unknown }
}

/** How many samples each metric has now; 0 for one that is not there. */
const sampleCounts = async (client: CloudWatchClient, names: readonly string[], since: number): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>()
  for (let at = 0; at < names.length; at += 400) {
    const page = names.slice(at, at + 400)
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        StartTime: new Date(since - 60_000),
        EndTime: new Date(Date.now() + 60_000),
        MetricDataQueries: page.map((name, index) => ({
          Id: `q${index}`,
          MetricStat: { Metric: { Namespace: NAMESPACE, MetricName: name }, Period: 60, Stat: 'SampleCount' },
        })),
      }),
    )
    for (const [index, name] of page.entries()) {
      const values = MetricDataResults.find(({ Id }) => Id === `q${index}`)?.Values ?? []
      counts.set(name, values.reduce((sum, value) => sum + value, 0))
    }
  }
  return counts
}

describe('kill -9 under load', () => {
  test('of the whole process, again and again: nothing acknowledged is missing, nothing is doubled', async () => {
    const data = dataFolder()
    const since = Date.now()
    const acknowledged: string[] = []
    const unknown: string[] = []
    for (let round = 0; round < 4; round++) {
      const startedAt = performance.now()
      running = await RunningServer.start({ data, args: ['--host-metrics', 'off'] })
      if (round > 0) expect(performance.now() - startedAt).toBeLessThan(5_000)
      const server = running
      // At a different depth each time: in the first requests, in the middle of a flush, after several.
      const killAfter = [3, 60, 200, 450][round]!
      const result = await publishUntilDeath(server.cloudWatch(), round, count => {
        if (count === killAfter) void server.kill()
      })
      acknowledged.push(...result.acknowledged)
      unknown.push(...result.unknown)
    }
    running = await RunningServer.start({ data, args: ['--host-metrics', 'off'] })
    const client = running.cloudWatch()
    // Twice: from the head that was rebuilt, and with everything flushed after a clean stop.
    for (const pass of ['head', 'store']) {
      const counts = await sampleCounts(running.cloudWatch(), [...acknowledged, ...unknown], since)
      expect(acknowledged.filter(name => counts.get(name) !== DATUMS).map(name => `${pass} ${name} ${counts.get(name)}`)).toEqual([])
      expect(unknown.filter(name => ![0, DATUMS].includes(counts.get(name)!)).map(name => `${pass} ${name} ${counts.get(name)}`)).toEqual([])
      await running.stop()
      running = await RunningServer.start({ data, args: ['--host-metrics', 'off'] })
    }
    client.destroy()
  }, 120_000)

  test('of the storage child alone: the server goes on, nothing is missing, nothing is doubled', async () => {
    const data = dataFolder()
    const since = Date.now()
    running = await RunningServer.start({ data, args: ['--host-metrics', 'off'] })
    const client = running.cloudWatch()
    const names: string[] = []
    for (let round = 0; round < 60; round++) {
      const name = `child-${round}`
      const values = Array.from({ length: DATUMS }, (_, index) => ({ MetricName: name, Value: index + 0.25 }))
      await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: values }))
      names.push(name)
      if (round === 20 || round === 40) process.kill(await childPid(running), 'SIGKILL')
    }
    const server = running
    await eventually(async () => ((await fetch(`${server.url}/health`)).status === 200 ? true : undefined), 'healthy again')
    await running.stop()
    running = await RunningServer.start({ data, args: ['--host-metrics', 'off'] })
    const counts = await sampleCounts(running.cloudWatch(), names, since)
    expect(names.filter(name => counts.get(name) !== DATUMS).map(name => `${name} ${counts.get(name)}`)).toEqual([])
  }, 60_000)
})

/** The storage child, as the kernel knows it. */
const childPid = async (server: RunningServer): Promise<number> => {
  const pid = server.process.pid!
  return eventually(() => {
    const children = readFileSync(join('/proc', String(pid), 'task', String(pid), 'children'), 'utf8').trim()
    return children === '' ? undefined : Number(children.split(' ')[0])
  }, 'a storage child')
}
