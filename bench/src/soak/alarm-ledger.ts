import { setTimeout as delay } from 'node:timers/promises'
import type { Entropy } from '../../../server/src/base/entropy.ts'
import type { AwsCaller } from '../aws-caller.ts'
import type { Notification } from '../webhook-receiver.ts'
import { Violation } from './violation.ts'

const ALARMS = 40
const PERIOD_MILLIS = 10_000
const THRESHOLD = 100
const NAMESPACE = 'Soak/Alarms'
/** From the end of a period until every state and every message of it is there: evaluation, deliveries, and one retry (20 s). */
const PATIENCE_MILLIS = 45_000
/** Items of history are read again from this long before the last check. */
const OVERLAP_SECONDS = 120
const NAMES = Array.from({ length: ALARMS }, (_, index) => `alarm-${index}`)

type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** Flips alarms, and holds their history against the messages that came. */
export class AlarmLedger {
  readonly #entropy: Entropy
  /** Times at which the server was killed. */
  readonly #kills: number[] = []
  /** When each message came, by its id. */
  readonly #receipts = new Map<string, { readonly change: string; readonly at: number[] }>()
  /** Every change that history tells of. */
  readonly #changes = new Set<string>()
  #historySince = Math.floor(Date.now() / 1000) - OVERLAP_SECONDS

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }

  get transitions(): number {
    return this.#changes.size
  }

  get repeated(): number {
    return [...this.#receipts.values()].filter(({ at }) => at.length > 1).length
  }

  take({ MessageId, Message, receivedAt }: Notification): void {
    const { AlarmName, NewStateValue, StateChangeTime } = JSON.parse(Message) as { AlarmName: string; NewStateValue: State; StateChangeTime: string }
    const change = changeKey(AlarmName, NewStateValue, Date.parse(StateChangeTime))
    const receipt = this.#receipts.get(MessageId) ?? { change, at: [] }
    receipt.at.push(receivedAt)
    this.#receipts.set(MessageId, receipt)
  }

  killed(): void {
    this.#kills.push(Date.now())
  }

  async create(caller: AwsCaller, topic: string): Promise<void> {
    for (const name of NAMES) {
      await caller.cloudWatch('PutMetricAlarm', {
        AlarmName: name, Namespace: NAMESPACE, MetricName: name, Statistic: 'Maximum', Period: PERIOD_MILLIS / 1000, EvaluationPeriods: 1, Threshold: THRESHOLD,
        ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore', AlarmActions: [topic], OKActions: [topic], InsufficientDataActions: [topic],
      })
    }
  }

  /** Publishes a random value for every alarm; answers the states they ask for, once the server has acknowledged them. */
  async flip(caller: AwsCaller): Promise<ReadonlyMap<string, State>> {
    const states = new Map(NAMES.map((name): [string, State] => [name, this.#entropy.fraction() < 0.5 ? 'OK' : 'ALARM']))
    const MetricData = NAMES.map(name => ({ MetricName: name, Value: states.get(name) === 'OK' ? 1 : THRESHOLD * 2, StorageResolution: 1 }))
    await caller.cloudWatch('PutMetricData', { Namespace: NAMESPACE, MetricData })
    return states
  }

  /** Publishes into a fresh period and waits until every alarm has followed, and until every change in history has its message. */
  async verify(caller: AwsCaller): Promise<void> {
    await delay(PERIOD_MILLIS - (Date.now() % PERIOD_MILLIS) + 200)
    const wanted = await this.flip(caller)
    const deadline = Date.now() + PERIOD_MILLIS + PATIENCE_MILLIS
    for (;;) {
      const complaint = (await this.#wrongState(caller, wanted)) ?? (await this.#unannounced(caller))
      if (complaint === undefined) break
      if (Date.now() > deadline) throw new Violation(complaint)
      await delay(250)
    }
    this.#checkReceipts()
  }

  async #wrongState(caller: AwsCaller, wanted: ReadonlyMap<string, State>): Promise<string | undefined> {
    const { MetricAlarms } = await caller.cloudWatch<{ MetricAlarms: readonly { AlarmName: string; StateValue: State }[] }>('DescribeAlarms', { MaxRecords: 100 })
    const states = new Map(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]))
    for (const [name, state] of wanted) if (states.get(name) !== state) return `${name} is ${states.get(name)} and should be ${state}`
    return undefined
  }

  /** A change in history without its message. */
  async #unannounced(caller: AwsCaller): Promise<string | undefined> {
    const now = Math.floor(Date.now() / 1000)
    let NextToken: string | undefined
    do {
      const page: HistoryPage = await caller.cloudWatch('DescribeAlarmHistory', { HistoryItemType: 'StateUpdate', StartDate: this.#historySince, MaxRecords: 100, NextToken })
      for (const { AlarmName, Timestamp, HistoryData } of page.AlarmHistoryItems) {
        if (!NAMES.includes(AlarmName)) continue
        const { newState } = JSON.parse(HistoryData) as { readonly newState: { readonly stateValue: State } }
        this.#changes.add(changeKey(AlarmName, newState.stateValue, Math.round(Timestamp * 1000)))
      }
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    this.#historySince = now - OVERLAP_SECONDS
    const announced = new Set([...this.#receipts.values()].map(({ change }) => change))
    for (const change of this.#changes) if (!announced.has(change)) return `nobody was told of ${change}`
    return undefined
  }

  /** One message a change, and none twice but across a kill, with the same id. */
  #checkReceipts(): void {
    const announced = new Map<string, string>()
    for (const [id, { change, at }] of this.#receipts) {
      if (!this.#changes.has(change)) throw new Violation(`message ${id} tells of ${change}, which history does not know`)
      const other = announced.get(change)
      if (other !== undefined) throw new Violation(`messages ${other} and ${id} both tell of ${change}`)
      announced.set(change, id)
      for (const [earlier, later] of at.slice(1).map((time, index) => [at[index]!, time] as const)) {
        if (!this.#kills.some(kill => kill >= earlier - CLOCK_SLACK_MILLIS && kill <= later)) throw new Violation(`message ${id} came twice without a kill in between`)
      }
    }
  }
}

/** A message can be read from its socket a little after the sender was killed. */
const CLOCK_SLACK_MILLIS = 1_000

interface HistoryPage {
  readonly AlarmHistoryItems: readonly { readonly AlarmName: string; readonly Timestamp: number; readonly HistoryData: string }[]
  readonly NextToken?: string
}

const changeKey = (alarm: string, state: State, at: number): string => `${alarm} → ${state} at ${new Date(at).toISOString()}`
