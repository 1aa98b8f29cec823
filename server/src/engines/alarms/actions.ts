import { parseArn } from '../../base/arn.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { Alarm, AlarmHistoryItem, AlarmRecord, AlarmStateValue } from '../../model/alarm.ts'
import type { Publication } from '../../model/notification.ts'
import { alarmFacts, type Tags } from './facts.ts'
import { actionItem } from './history.ts'
import { alarmMessage } from './notification.ts'

/** What a transition sends, and what the history says of it; both are committed with the state. */
export interface ActionPlan {
  readonly history: readonly AlarmHistoryItem[]
  readonly publications: readonly Publication[]
}

/** Where an alarm's page is; links in messages lead there. */
export type AlarmUrl = (tenant: Tenant, alarmName: string) => string

const NOTHING: ActionPlan = { history: [], publications: [] }

/** Plans the actions of new states. Pure but for the ids of the messages, which it takes from `entropy`. */
export class ActionPlanner {
  readonly #entropy: Entropy
  readonly #alarmUrl: AlarmUrl

  constructor(entropy: Entropy, alarmUrl: AlarmUrl) {
    this.#entropy = entropy
    this.#alarmUrl = alarmUrl
  }

  /**
   * The actions of the state that `record` has changed to from `previous`; none while its actions are disabled, and none
   * without a change. An action that cannot run is a failed row of the history, never an error: the state changed all the same.
   */
  plan(record: AlarmRecord, previous: AlarmRecord, tags: Tags, missingTopics: ReadonlySet<string>): ActionPlan {
    const { alarm, state } = record
    const arns = actionsOf(alarm, state.value)
    if (!alarm.actionsEnabled || arns.length === 0 || state.value === previous.state.value) return NOTHING

    const { subject, bodies } = alarmMessage(record, previous, this.#alarmUrl(alarm.tenant, alarm.name))
    const message = JSON.stringify(bodies)
    const facts = alarmFacts(record, previous, tags)
    const history: AlarmHistoryItem[] = []
    const publications: Publication[] = []
    for (const arn of arns) {
      const obstacle = obstacleTo(arn, alarm.tenant, missingTopics)
      if (obstacle !== undefined) {
        history.push(actionItem(alarm, state, arn, undefined, obstacle))
        continue
      }
      history.push(actionItem(alarm, state, arn, bodies, undefined))
      publications.push({
        tenant: alarm.tenant,
        topicArn: arn,
        messageId: this.#entropy.uuid(),
        subject,
        message,
        structure: 'json',
        attributes: {},
        publishedAt: state.updatedAt,
        alarm: facts,
      })
    }
    return { history, publications }
  }
}

/** The list that a state's arrival runs. */
const actionsOf = (alarm: Alarm, state: AlarmStateValue): readonly string[] => {
  switch (state) {
    case 'OK':
      return alarm.okActions
    case 'ALARM':
      return alarm.alarmActions
    case 'INSUFFICIENT_DATA':
      return alarm.insufficientDataActions
  }
}

/** The topics that a transition may publish to: what must be looked up before {@link ActionPlanner.plan}. */
export const topicsOf = (alarm: Alarm): readonly string[] =>
  [...alarm.okActions, ...alarm.alarmActions, ...alarm.insufficientDataActions].filter(arn => parseArn(arn)?.service === 'sns')

const obstacleTo = (arn: string, tenant: Tenant, missingTopics: ReadonlySet<string>): string | undefined => {
  const parts = parseArn(arn)
  if (parts === undefined) return `Invalid parameter: ${arn} is not an ARN`
  if (parts.service !== 'sns') return `This server cannot run actions of the service ${parts.service}`
  // Topics of other accounts would need their policy's consent; until policies are asked, nothing crosses tenants.
  if (parts.account !== tenant.account || parts.region !== tenant.region) {
    return `CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: ${arn}`
  }
  return missingTopics.has(arn) ? 'Topic does not exist' : undefined
}
