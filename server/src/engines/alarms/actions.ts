import type { Entropy } from '../../base/entropy.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { Alarm, AlarmContributor, AlarmHistoryItem, AlarmRecord, AlarmStateValue, FormerState, MutedChange, Suppression } from '../../model/alarm.ts'
import type { ActiveMute } from '../../model/mute-rule.ts'
import type { Publication } from '../../model/notification.ts'
import { actionKind, obstacleTo, runsPerContributor } from './action-kinds.ts'
import { alarmFacts, type LogSample, type Standing, type Tags } from './facts.ts'
import { mutedItem, suppressedItem } from './held-actions.ts'
import { actionItem } from './history.ts'
import { alarmMessage } from './notification.ts'
import { propagatedTags } from './propagated-tags.ts'

/** What a transition sends, and what the history says of it; both are committed with the state. */
export interface ActionPlan {
  readonly history: readonly AlarmHistoryItem[]
  readonly publications: readonly Publication[]
  /** The actions were muted: for {@link AlarmState.muted}. */
  readonly muted?: MutedChange
}

/** What decides over actions besides the alarm's own definition. */
export interface ActionContext {
  /** Only read where the alarm has actions. */
  readonly tags: Tags
  readonly missingTopics: ReadonlySet<string>
  /** The window that mutes the alarm now. */
  readonly mute?: ActiveMute | undefined
  /** The actions make up for muted ones. */
  readonly afterMute?: boolean
  /** Composite alarms: the actions are held back, and run later. */
  readonly suppression?: Suppression | undefined
  /** The contributor whose change this is: only the actions that run for each of them. `record.state` then is the contributor's. */
  readonly contributor?: AlarmContributor | undefined
  /** The alarm has contributors, and this is the change of the whole: only the actions that run once. */
  readonly whole?: boolean
  /** Composite alarms: all children, where somebody knows them; only asked for a message. */
  readonly standing?: () => Standing | undefined
  /** Log alarms whose messages show lines. */
  readonly sample?: LogSample | undefined
  /** When the actions run, where that is later than the change; {@link AlarmState.updatedAt} otherwise. */
  readonly at?: EpochMillis
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
  plan(record: AlarmRecord, previous: AlarmRecord, context: ActionContext): ActionPlan {
    const { alarm, state } = record
    const { contributor, mute, suppression } = context
    const arns = actionsOf(alarm, state.value).filter(arn => mayRun(arn, context))
    if (!alarm.actionsEnabled || arns.length === 0 || state.value === previous.state.value) return NOTHING
    if (suppression !== undefined) return { history: [suppressedItem(record, suppression)], publications: [] }
    if (mute !== undefined) {
      return { history: [mutedItem(record, mute, contributor)], publications: [], muted: { ...formerState(previous), at: state.updatedAt } }
    }

    const lines = context.sample?.lines.get(contributor?.id ?? '')
    const occasion = { contributor, afterMuteWindow: context.afterMute, lines, tags: propagatedTags(alarm, context.tags) }
    const { subject, bodies } = alarmMessage(record, previous, this.#alarmUrl(alarm.tenant, alarm.name), occasion)
    const message = JSON.stringify(bodies)
    const at = context.at ?? state.updatedAt
    const facts = alarmFacts(record, previous, context.tags, contributor, context.standing?.(), context.sample)
    const history: AlarmHistoryItem[] = []
    const publications: Publication[] = []
    for (const arn of arns) {
      const obstacle = obstacleTo(arn, alarm.tenant, context.missingTopics)
      if (obstacle !== undefined) {
        history.push({ ...actionItem(alarm, state, arn, undefined, obstacle, contributor), at })
        continue
      }
      history.push({ ...actionItem(alarm, state, arn, { text: message, machines: bodies.default }, undefined, contributor), at })
      publications.push({
        tenant: alarm.tenant,
        topicArn: arn,
        messageId: this.#entropy.uuid(),
        subject,
        message,
        structure: 'json',
        attributes: {},
        publishedAt: at,
        alarm: facts,
      })
    }
    return { history, publications }
  }
}

/** The state that a change led away from. */
export const formerState = ({ state }: AlarmRecord): FormerState => ({ value: state.value, since: state.transitionedAt })

/** The record as it was before a change whose actions come late. */
export const asItWas = ({ alarm, state }: AlarmRecord, former: FormerState): AlarmRecord => ({
  alarm,
  state: { ...state, value: former.value, transitionedAt: former.since, updatedAt: former.since },
})

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

const mayRun = (arn: string, { contributor, whole }: ActionContext): boolean => {
  if (contributor !== undefined) return runsPerContributor(actionKind(arn))
  return whole !== true || !runsPerContributor(actionKind(arn))
}

/** The topics that a transition may publish to: what must be looked up before {@link ActionPlanner.plan}. */
export const topicsOf = (alarm: Alarm): readonly string[] =>
  [...alarm.okActions, ...alarm.alarmActions, ...alarm.insufficientDataActions].filter(arn => actionKind(arn) === 'topic')
