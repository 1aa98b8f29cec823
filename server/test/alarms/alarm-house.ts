import { seededEntropy } from '../../src/base/entropy.ts'
import { silentLog } from '../../src/base/log.ts'
import { ManualClock } from '../../src/base/manual-clock.ts'
import { topicArn } from '../../src/base/arn.ts'
import { epochMillis, millis } from '../../src/base/time.ts'
import { ActionPlanner } from '../../src/engines/alarms/actions.ts'
import type { AlarmEvent } from '../../src/jobs/alarm-events.ts'
import { AlarmFollowers } from '../../src/server/alarm-followers.ts'
import { InMemoryCloudWatch } from '../../src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../../src/services/cloudwatch/service.ts'
import { openControl, type ControlStore } from '../../src/store/control/control-store.ts'
import { Fault } from '../../src/wire/fault.ts'
import { join } from 'node:path'
import type { DescribeAlarmHistoryOutput, DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch'
import { OURS, temporaryFolder } from '../temporary-control.ts'

export const TOPIC = topicArn(OURS, 'pager')

/** CloudWatch's operations over a real control store, with composite alarms and mutes at work on a clock that is moved by hand. */
export class AlarmHouse {
  readonly clock: ManualClock
  readonly events: AlarmEvent[] = []
  readonly #file = join(temporaryFolder(), 'control.db')
  readonly #planner = new ActionPlanner(seededEntropy(3), (_, name) => `https://tocsin.example/alarms/${name}`)
  #control: ControlStore | undefined
  #followers: AlarmFollowers | undefined

  constructor(start: string) {
    this.clock = new ManualClock(epochMillis(Date.parse(start)))
  }

  async open(): Promise<this> {
    this.#control = openControl({ file: this.#file, clock: this.clock, log: silentLog, compileFilter: () => () => true })
    this.#followers = new AlarmFollowers({ control: this.#control, planner: this.#planner, clock: this.clock, entropy: seededEntropy(4), log: silentLog })
    this.#followers.events.listen(event => this.events.push(event))
    await this.#control.topics.put({ tenant: OURS, arn: TOPIC, name: 'pager', attributes: {}, createdAt: this.clock.now() })
    await this.#followers.open()
    await this.#followers.start()
    return this
  }

  async close(): Promise<void> {
    await this.#followers?.stop()
    await this.#control?.close()
  }

  /** Operations go on, but nothing follows what they change, as in a process that is about to die. */
  async fallAsleep(): Promise<void> {
    await this.#followers?.stop()
  }

  async restart(): Promise<void> {
    await this.close()
    await this.open()
  }

  /** Everything that is called for up to then has happened: second by second in the end, in longer steps on the way there. */
  async until(iso: string): Promise<void> {
    const end = Date.parse(iso)
    while (this.clock.now() < end) {
      const left = end - this.clock.now()
      await this.clock.advance(millis(Math.min(left > 90_000 ? 30_000 : 1_000, left)))
      await this.#followers!.idle()
    }
  }

  async run<Output = Record<string, unknown>>(name: string, input: object): Promise<Output> {
    const { alarms, muteRules, tags, topics } = this.#control!
    const ports = { ...new InMemoryCloudWatch().ports, alarms, muteRules, tags, topics, planner: this.#planner }
    const operation = cloudWatch(ports).operations.find(each => each.name === name)!
    const call = { tenant: OURS, principal: { kind: 'root', account: OURS.account, accessKeyId: 'AKIATEST' }, requestId: 'r', now: this.clock.now() } as const
    const answer = await operation.run(input as never, call)
    await this.#followers!.idle()
    return answer as Output
  }

  async refusal(name: string, input: object): Promise<string> {
    try {
      await this.run(name, input)
    } catch (error) {
      if (error instanceof Fault) return `${error.code}: ${error.message}`
      throw error
    }
    throw new Error(`${name} was not refused`)
  }

  /** A metric alarm that nobody evaluates, in OK. */
  async metric(name: string, changes: object = {}): Promise<void> {
    await this.run('PutMetricAlarm', {
      AlarmName: name, Namespace: 'App', MetricName: 'Load', Statistic: 'Average', Period: 60, EvaluationPeriods: 1, Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold', ...changes,
    })
    await this.set(name, 'OK')
  }

  async composite(name: string, rule: string, changes: object = {}): Promise<void> {
    await this.run('PutCompositeAlarm', { AlarmName: name, AlarmRule: rule, OKActions: [TOPIC], AlarmActions: [TOPIC], ...changes })
  }

  async set(name: string, value: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'): Promise<void> {
    await this.run('SetAlarmState', { AlarmName: name, StateValue: value, StateReason: 'by hand' })
  }

  async describe(name: string): Promise<NonNullable<DescribeAlarmsOutput['CompositeAlarms']>[number]> {
    const answer = await this.run<DescribeAlarmsOutput>('DescribeAlarms', { AlarmNames: [name], AlarmTypes: ['CompositeAlarm', 'MetricAlarm'] })
    return [...answer.CompositeAlarms!, ...answer.MetricAlarms!][0]!
  }

  async state(name: string): Promise<string> {
    return (await this.describe(name)).StateValue!
  }

  /** `00:00:04 ALARM`, with ` from OK` and ` late` for what the message says: every message that went out, oldest first. */
  async sent(name: string): Promise<readonly string[]> {
    const { AlarmHistoryItems = [] } = await this.run<DescribeAlarmHistoryOutput>('DescribeAlarmHistory', {
      AlarmName: name, AlarmTypes: ['CompositeAlarm', 'MetricAlarm'], HistoryItemType: 'Action', ScanBy: 'TimestampAscending', MaxRecords: 100,
    })
    return AlarmHistoryItems.map(({ Timestamp, HistorySummary, HistoryData }) => {
      const time = Timestamp!.toISOString().slice(11, 19)
      const { publishedMessage } = JSON.parse(HistoryData!) as { readonly publishedMessage?: string | null }
      if (publishedMessage === undefined || publishedMessage === null) return `${time} ${HistorySummary!}`
      const { default: body } = JSON.parse(publishedMessage) as { readonly default: string }
      const message = JSON.parse(body) as Readonly<Record<string, unknown>>
      return `${time} ${String(message['OldStateValue'])} -> ${String(message['NewStateValue'])}${message['ActionExecutedAfterMuteWindow'] === true ? ' after mute' : ''}`
    })
  }
}
