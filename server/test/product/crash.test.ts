import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  DescribeAlarmHistoryCommand, DescribeAlarmsCommand, GetMetricDataCommand, PutAlarmMuteRuleCommand, PutCompositeAlarmCommand, PutMetricAlarmCommand, PutMetricDataCommand,
  SetAlarmStateCommand, type CloudWatchClient,
} from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterEach, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually } from './running-server.ts'
import { Webhook } from './webhook.ts'

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

  test('while messages are on their way: no transition and no notification is lost, and what is repeated keeps its id', async () => {
    const data = dataFolder()
    const webhook = await Webhook.open()
    const options = { data, args: ['--host-metrics', 'off'], environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } }
    running = await RunningServer.start(options)
    const { TopicArn } = await running.sns().send(new CreateTopicCommand({ Name: 'crash' }))
    await running.sns().send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: webhook.url }))
    await eventually(() => webhook.messages.find(({ Type }) => Type === 'SubscriptionConfirmation'), 'the subscription is to be confirmed')
    const names = Array.from({ length: 8 }, (_, index) => `flapping-${index}`)
    for (const AlarmName of names) {
      // Nothing is ever published for it, and missing data keeps the state: only the test moves it.
      await running.cloudWatch().send(
        new PutMetricAlarmCommand({
          AlarmName, Namespace: NAMESPACE, MetricName: 'none', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, TreatMissingData: 'ignore',
          ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!], OKActions: [TopicArn!],
        }),
      )
    }
    const client = running.cloudWatch()
    const actions = { AlarmActions: [TopicArn!], OKActions: [TopicArn!] }
    await client.send(new PutCompositeAlarmCommand({ AlarmName: 'above', AlarmRule: 'ALARM("flapping-0")', ...actions }))
    await client.send(
      new PutCompositeAlarmCommand({
        AlarmName: 'held', AlarmRule: 'ALARM("flapping-0")', ...actions, ActionsSuppressor: 'flapping-1', ActionsSuppressorWaitPeriod: 1, ActionsSuppressorExtensionPeriod: 1,
      }),
    )
    const muted = new PutMetricAlarmCommand({
      AlarmName: 'muted', Namespace: NAMESPACE, MetricName: 'none', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, TreatMissingData: 'ignore',
      ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!],
    })
    await client.send(muted)
    // The window ends while servers are killed.
    await client.send(
      new PutAlarmMuteRuleCommand({
        Name: 'short', Rule: { Schedule: { Expression: 'cron(* * * * *)', Duration: 'PT1M' } }, MuteTargets: { AlarmNames: ['muted'] }, ExpireDate: new Date(Date.now() + 2_500),
      }),
    )
    await client.send(new SetAlarmStateCommand({ AlarmName: 'muted', StateValue: 'ALARM', StateReason: 'in the night' }))
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'hosts', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!],
        Metrics: [{ Id: 'q', Expression: `SELECT MAX(Load) FROM ${NAMESPACE} GROUP BY Host ORDER BY MAX() DESC`, Period: 10, ReturnData: true }],
      }),
    )
    const busy = ['a', 'b'].map(Value => ({ MetricName: 'Load', Value: 9, StorageResolution: 1, Dimensions: [{ Name: 'Host', Value }] }))
    const acknowledged: string[] = []
    const kills = 3
    for (let round = 0; round < kills; round++) {
      const server: RunningServer = running ?? (await RunningServer.start(options))
      running = server
      await server.cloudWatch().send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: busy }))
      const killAfter = acknowledged.length + [13, 40, 90][round]!
      await Promise.all(
        names.map(async (AlarmName, alarm) => {
          const client = server.cloudWatch()
          for (let step = 0; server.process.signalCode === null; step++) {
            const StateReason = `round ${round} alarm ${alarm} step ${step}`
            try {
              await client.send(new SetAlarmStateCommand({ AlarmName, StateValue: step % 2 === 0 ? 'ALARM' : 'OK', StateReason }))
            } catch {
              return
            }
            // The first step of a round may find the state that the last round ended in: no change, no message.
            if (step > 0) acknowledged.push(StateReason)
            if (acknowledged.length === killAfter) void server.kill()
          }
        }),
      )
      running = undefined
    }
    running = await RunningServer.start(options)
    const reasons = () => new Set(webhook.notifications().map(({ Message }) => (JSON.parse(Message) as { NewStateReason: string }).NewStateReason))
    await eventually(() => (acknowledged.every(reason => reasons().has(reason)) ? true : undefined), 'every acknowledged transition is delivered', 30_000)

    const idsByReason = new Map<string, string[]>()
    for (const { Message, MessageId } of webhook.notifications()) {
      const { NewStateReason: reason, AlarmName } = JSON.parse(Message) as { NewStateReason: string; AlarmName: string }
      if (!AlarmName.startsWith('flapping')) continue
      idsByReason.set(reason, [...(idsByReason.get(reason) ?? []), MessageId])
    }
    expect([...idsByReason].filter(([, ids]) => new Set(ids).size > 1)).toEqual([])
    // Each kill may catch it on its way once more.
    expect([...idsByReason].filter(([, ids]) => ids.length > 1 + kills)).toEqual([])

    const messages = (): readonly Told[] => webhook.notifications().map(({ Message, MessageId }) => ({ ...(JSON.parse(Message) as Told), id: MessageId }))
    const idsOf = (alarm: string): ReadonlySet<string> => new Set(messages().filter(({ AlarmName }) => AlarmName === alarm).map(({ id }) => id))
    await eventually(() => (idsOf('hosts').size >= 2 ? true : undefined), 'each contributor pages', 25_000)
    await eventually(() => (idsOf('muted').size > 0 ? true : undefined), 'the muted change is told of after the window', 10_000)
    expect(new Set(messages().filter(({ AlarmName }) => AlarmName === 'hosts').map(each => each.AlarmContributorAttributes?.['Host']))).toEqual(new Set(['a', 'b']))
    expect([idsOf('hosts').size, idsOf('muted').size]).toEqual([2, 1])
    expect(messages().filter(({ AlarmName }) => AlarmName === 'muted').every(each => each.ActionExecutedAfterMuteWindow)).toBe(true)

    // A composite has gone from state to state without a gap, with one message for each step, and ends as its child does.
    const steps = (await stepsOf(running.cloudWatch(), 'above')).map(([from, to]) => `${from} -> ${to}`)
    expect(steps.length).toBeGreaterThan(1)
    expect(steps.slice(1).every((step, index) => step.split(' -> ')[0] === steps[index]!.split(' -> ')[1])).toBe(true)
    await eventually(() => (idsOf('above').size >= steps.length ? true : undefined), 'every step of the composite is told of', 10_000)
    expect(idsOf('above').size).toBe(steps.length)
    for (const name of ['above', 'held']) {
      const { CompositeAlarms, MetricAlarms } = await running.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: [name, 'flapping-0'], AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] }))
      expect([name, CompositeAlarms?.[0]?.StateValue]).toEqual([name, MetricAlarms?.[0]?.StateValue === 'ALARM' ? 'ALARM' : 'OK'])
    }
    const told = messages().filter(({ AlarmName }) => AlarmName === 'held')
    expect(new Set(told.map(({ id }) => id)).size).toBe(new Set(told.map(each => `${each.StateChangeTime} ${each.OldStateValue} ${each.NewStateValue}`)).size)

    const history = await allHistory(running.cloudWatch(), names)
    expect(acknowledged.filter(reason => !history.some(text => text.includes(`"${reason}"`)))).toEqual([])
    webhook.close()
  }, 120_000)
})

/** What a message says. */
interface Told {
  readonly id: string
  readonly AlarmName: string
  readonly NewStateValue: string
  readonly OldStateValue: string
  readonly StateChangeTime: string
  readonly ActionExecutedAfterMuteWindow: boolean
  readonly AlarmContributorAttributes?: Readonly<Record<string, string>>
}

/** From and to of every change of state, oldest first. */
const stepsOf = async (client: CloudWatchClient, AlarmName: string): Promise<readonly (readonly [string, string])[]> => {
  const { AlarmHistoryItems = [] } = await client.send(
    new DescribeAlarmHistoryCommand({ AlarmName, AlarmTypes: ['CompositeAlarm'], HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending', MaxRecords: 100 }),
  )
  return AlarmHistoryItems.map(({ HistorySummary }) => /from (\w+) to (\w+)/.exec(HistorySummary!)!.slice(1, 3) as [string, string])
}

const allHistory = async (client: CloudWatchClient, names: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = []
  for (const AlarmName of names) {
    let NextToken: string | undefined
    do {
      const page = await client.send(new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType: 'StateUpdate', MaxRecords: 100, NextToken }))
      found.push(...(page.AlarmHistoryItems ?? []).map(({ HistoryData }) => HistoryData!))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
  }
  return found
}

/** The storage child, as the kernel knows it. */
const childPid = async (server: RunningServer): Promise<number> => {
  const pid = server.process.pid!
  return eventually(() => {
    const children = readFileSync(join('/proc', String(pid), 'task', String(pid), 'children'), 'utf8').trim()
    return children === '' ? undefined : Number(children.split(' ')[0])
  }, 'a storage child')
}
