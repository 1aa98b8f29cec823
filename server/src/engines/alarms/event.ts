import { cloudWatchTime, isoTime, type EpochMillis } from '../../base/time.ts'
import type { AlarmContributor, AlarmRecord, AlarmState, Suppression } from '../../model/alarm.ts'
import { definitionInEvent, watchedInEvent, type EventDefinition, type EventWatched } from './event-configuration.ts'
import type { Tags } from './facts.ts'
import { suppressedReason } from './held-actions.ts'
import { propagatedTags, propagatesTags } from './propagated-tags.ts'

/** What happens to alarms, shaped as EventBridge carries it; every change is sent, also where no action runs. */
interface AlarmEvent<Type extends string, Detail> {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': Type
  readonly source: 'aws.cloudwatch'
  readonly account: string
  /** `2019-10-02T17:04:40Z` */
  readonly time: string
  readonly region: string
  readonly resources: readonly [string]
  readonly detail: Detail
}

export type AlarmStateChangeEvent = AlarmEvent<'CloudWatch Alarm State Change', StateChange>
export type AlarmContributorStateChangeEvent = AlarmEvent<
  'CloudWatch Alarm Contributor State Change',
  StateChange & { readonly alarmContributor: { readonly id: string; readonly attributes: Readonly<Record<string, string>> } }
>
export type AlarmConfigurationChangeEvent = AlarmEvent<
  'CloudWatch Alarm Configuration Change',
  {
    readonly alarmName: string
    readonly operation: AlarmOperation
    readonly state: Pick<EventState, 'value' | 'timestamp'>
    readonly configuration: EventDefinition
    readonly previousConfiguration?: EventDefinition
  }
>

type AlarmOperation = 'create' | 'update' | 'delete'

interface StateChange {
  readonly alarmName: string
  readonly state: EventState
  readonly previousState: EventState
  readonly configuration: EventWatched
  readonly muteDetail?: MuteDetail
  readonly alarmTags?: Tags
  readonly alarmTagsStatus?: AlarmTagsStatus
}

/** AWS's word for tags that could be read; what it says of others is not published. */
type AlarmTagsStatus = 'SUCCESS' | 'FAILURE'

interface EventState {
  readonly value: string
  readonly reason: string
  /** JSON text. */
  readonly reasonData?: string
  /** `2019-10-02T17:04:40.985+0000` */
  readonly timestamp: string
  readonly evaluationState?: string
  readonly actionsSuppressedBy?: Suppression['by']
  readonly actionsSuppressedReason?: string
}

export interface MuteDetail {
  /** ARN of the mute rule. */
  readonly mutedByArn: string
  /** Times as in `timestamp`. */
  readonly muteWindowStart: string
  readonly muteWindowEnd: string
}

/** What else an event tells. */
export interface EventContext {
  readonly mute?: MuteDetail | undefined
  /** Of an alarm that propagates tags: all that it has, undefined where they cannot be read. */
  readonly tags?: Tags | undefined
}

/** `uuid` makes the id of the event, and of the one metric of a single-metric alarm, as CloudWatch does. */
export const stateChangeEvent = (record: AlarmRecord, previous: AlarmRecord, uuid: () => string, context: EventContext = {}): AlarmStateChangeEvent =>
  event('CloudWatch Alarm State Change', record, record.state.updatedAt, uuid, stateChange(record, previous, uuid, context))

/** The records' states are the contributor's. */
export const contributorStateChangeEvent = (
  record: AlarmRecord,
  previous: AlarmRecord,
  { id, attributes }: AlarmContributor,
  uuid: () => string,
  context: EventContext = {},
): AlarmContributorStateChangeEvent =>
  event('CloudWatch Alarm Contributor State Change', record, record.state.updatedAt, uuid, {
    ...stateChange(record, previous, uuid, context),
    alarmContributor: { id, attributes },
  })

/** `previous`: as the alarm was before an update. */
export const configurationChangeEvent = (
  operation: AlarmOperation,
  record: AlarmRecord,
  previous: AlarmRecord | undefined,
  at: EpochMillis,
  uuid: () => string,
): AlarmConfigurationChangeEvent => {
  const { alarm, state } = record
  return event('CloudWatch Alarm Configuration Change', record, at, uuid, {
    alarmName: alarm.name,
    operation,
    state: { value: state.value, timestamp: cloudWatchTime(state.updatedAt) },
    configuration: definitionInEvent(alarm, uuid),
    ...(operation === 'update' && previous !== undefined ? { previousConfiguration: definitionInEvent(previous.alarm, uuid) } : {}),
  })
}

const event = <Type extends string, Detail>(
  type: Type, { alarm }: AlarmRecord, at: EpochMillis, uuid: () => string, detail: Detail,
): AlarmEvent<Type, Detail> => ({
  version: '0',
  id: uuid(),
  'detail-type': type,
  source: 'aws.cloudwatch',
  account: alarm.tenant.account,
  time: isoTime(at).replace(/\.\d+Z$/, 'Z'),
  region: alarm.tenant.region,
  resources: [alarm.arn],
  detail,
})

const stateChange = (record: AlarmRecord, previous: AlarmRecord, uuid: () => string, { mute, tags }: EventContext): StateChange => ({
  alarmName: record.alarm.name,
  state: eventState(record.state),
  previousState: eventState(previous.state),
  configuration: watchedInEvent(record.alarm, uuid),
  ...(mute === undefined ? {} : { muteDetail: mute }),
  ...(propagatesTags(record.alarm) ? tagsInEvent(record, tags) : {}),
})

const tagsInEvent = ({ alarm }: AlarmRecord, tags: Tags | undefined): Pick<StateChange, 'alarmTags' | 'alarmTagsStatus'> =>
  tags === undefined ? { alarmTagsStatus: 'FAILURE' } : { alarmTags: propagatedTags(alarm, tags) ?? {}, alarmTagsStatus: 'SUCCESS' }

const eventState = (state: AlarmState): EventState => ({
  value: state.value,
  reason: state.reason,
  ...(state.reasonData === undefined ? {} : { reasonData: state.reasonData }),
  timestamp: cloudWatchTime(state.updatedAt),
  ...(state.evaluation === undefined ? {} : { evaluationState: state.evaluation }),
  ...(state.suppression === undefined
    ? {}
    : { actionsSuppressedBy: state.suppression.by, actionsSuppressedReason: suppressedReason(state.suppression) }),
})
