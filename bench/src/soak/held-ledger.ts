import { setTimeout as delay } from 'node:timers/promises'
import type { AwsCaller } from '../aws-caller.ts'
import type { Notification } from '../webhook-receiver.ts'
import { Violation } from './violation.ts'

/** Composites over the ledger's metric alarms: one plain, one with a suppressor that comes and goes, one that is muted every other minute. */
const RULES = {
  'above-plain': { AlarmRule: 'ALARM("alarm-0") OR ALARM("alarm-1")' },
  'above-suppressed': {
    AlarmRule: 'AT_LEAST(2, ALARM, ("alarm-2", "alarm-3", "alarm-4", "alarm-5"))', ActionsSuppressor: 'alarm-6', ActionsSuppressorWaitPeriod: 5, ActionsSuppressorExtensionPeriod: 5,
  },
  'above-muted': { AlarmRule: 'ALARM("alarm-7") AND NOT ALARM("alarm-8")' },
} as const
const NAMES: readonly string[] = Object.keys(RULES)
/** As in the other ledger. */
const PATIENCE_MILLIS = 45_000
const EVEN_MINUTES = Array.from({ length: 30 }, (_, index) => index * 2).join(',')

/**
 * Holds what history says of composites' actions against the messages that came: each change has an action that ran, was
 * suppressed or was muted, and each that ran has its message.
 */
export class HeldLedger {
  readonly #kills: number[] = []
  /** When each message came, by its id. */
  readonly #receipts = new Map<string, { readonly action: string; readonly at: number[] }>()
  readonly #began = Math.floor(Date.now() / 1000) - 5
  #told = { ran: 0, held: 0 }

  knows(alarm: string): boolean {
    return NAMES.includes(alarm)
  }

  get summary(): string {
    return `of composites ${this.#told.ran} told, ${this.#told.held} held back`
  }

  take({ MessageId, Message, receivedAt }: Notification): void {
    const { AlarmName, StateChangeTime } = JSON.parse(Message) as { AlarmName: string; StateChangeTime: string }
    const receipt = this.#receipts.get(MessageId) ?? { action: actionKey(AlarmName, Date.parse(StateChangeTime)), at: [] }
    receipt.at.push(receivedAt)
    this.#receipts.set(MessageId, receipt)
  }

  killed(): void {
    this.#kills.push(Date.now())
  }

  async create(caller: AwsCaller, topic: string): Promise<void> {
    for (const [AlarmName, rule] of Object.entries(RULES)) {
      await caller.cloudWatch('PutCompositeAlarm', { AlarmName, ...rule, AlarmActions: [topic], OKActions: [topic], InsufficientDataActions: [topic] })
    }
    await caller.cloudWatch('PutAlarmMuteRule', {
      Name: 'every-other-minute', Rule: { Schedule: { Expression: `cron(${EVEN_MINUTES} * * * *)`, Duration: 'PT1M' } }, MuteTargets: { AlarmNames: ['above-muted'] },
    })
  }

  /** Waits until everything that history says is kept. */
  async verify(caller: AwsCaller): Promise<void> {
    const deadline = Date.now() + PATIENCE_MILLIS
    for (;;) {
      const complaint = await this.#complaint(caller)
      if (complaint === undefined) break
      if (Date.now() > deadline) throw new Violation(complaint)
      await delay(250)
    }
    this.#checkRepeats()
  }

  async #complaint(caller: AwsCaller): Promise<string | undefined> {
    const messages = new Map<string, string[]>()
    for (const [id, { action }] of this.#receipts) messages.set(action, [...(messages.get(action) ?? []), id])
    const told = { ran: 0, held: 0 }
    const ran = new Set<string>()
    for (const name of NAMES) {
      const acted = new Set<number>()
      for (const { HistoryData } of await this.#history(caller, name, 'Action')) {
        const { actionState, stateUpdateTimestamp } = JSON.parse(HistoryData) as { readonly actionState: string; readonly stateUpdateTimestamp: number }
        acted.add(stateUpdateTimestamp)
        if (actionState !== 'Succeeded') {
          told.held++
          continue
        }
        told.ran++
        const key = actionKey(name, stateUpdateTimestamp)
        if (ran.has(key)) throw new Violation(`the action of ${key} ran twice`)
        ran.add(key)
        const ids = messages.get(key) ?? []
        if (ids.length === 0) return `nobody was told of ${key}`
        if (ids.length > 1) throw new Violation(`messages ${ids.join(' and ')} tell of ${key}`)
      }
      for (const { Timestamp } of await this.#history(caller, name, 'StateUpdate')) {
        if (!acted.has(Math.round(Timestamp * 1000))) return `${actionKey(name, Math.round(Timestamp * 1000))} has no action`
      }
    }
    for (const key of messages.keys()) if (!ran.has(key)) return `a message tells of ${key}, which history does not know`
    this.#told = told
    return undefined
  }

  async #history(caller: AwsCaller, AlarmName: string, HistoryItemType: string): Promise<readonly Item[]> {
    const items: Item[] = []
    let NextToken: string | undefined
    do {
      const page: { readonly AlarmHistoryItems: readonly Item[]; readonly NextToken?: string } = await caller.cloudWatch('DescribeAlarmHistory', {
        AlarmName, AlarmTypes: ['CompositeAlarm'], HistoryItemType, StartDate: this.#began, MaxRecords: 100, NextToken,
      })
      items.push(...page.AlarmHistoryItems)
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return items
  }

  #checkRepeats(): void {
    for (const [id, { at }] of this.#receipts) {
      for (const [index, later] of at.slice(1).entries()) {
        const earlier = at[index]!
        if (!this.#kills.some(kill => kill >= earlier - CLOCK_SLACK_MILLIS && kill <= later)) throw new Violation(`message ${id} came twice without a kill in between`)
      }
    }
  }
}

/** A message can be read from its socket a little after the sender was killed. */
const CLOCK_SLACK_MILLIS = 1_000

interface Item {
  readonly Timestamp: number
  readonly HistoryData: string
}

const actionKey = (alarm: string, at: number): string => `${alarm} at ${new Date(at).toISOString()}`
