import type { Alarm, StateValue } from '../../aws/shapes.ts'
import type { Tags } from '../../aws/tags.ts'
import { type AlarmKind, KIND_NAMES, kindOf } from '../../words/alarm-kind.ts'
import { condition, subject } from '../../words/condition.ts'
import { type Severity, severityFrom, severityRank } from '../../words/severity.ts'
import { isState, STATES } from '../../words/states.ts'

/** One line of the alarms list. */
export interface AlarmRow {
  readonly name: string
  readonly arn: string
  readonly state: StateValue
  readonly severity: Severity | undefined
  readonly severityRank: number
  readonly kind: AlarmKind
  readonly metric: string
  readonly namespace: string
  readonly condition: string
  /** Epoch seconds of the last change of state. */
  readonly changedAt: number
  readonly actionsEnabled: boolean
  /** All that a text filter looks at, in lower case. */
  readonly words: string
}

export const rowOf = (alarm: Alarm, tags: Tags | undefined): AlarmRow => {
  const severity = severityFrom(tags?.['Severity'])
  const row = {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn ?? '',
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    severity,
    severityRank: severityRank(severity),
    kind: kindOf(alarm),
    metric: subject(alarm),
    namespace: alarm.Namespace ?? KIND_NAMES[kindOf(alarm)],
    condition: condition(alarm),
    changedAt: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp ?? 0,
    actionsEnabled: alarm.ActionsEnabled ?? true,
  }
  const dimensions = (alarm.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`)
  const labels = Object.entries(tags ?? {}).map(([key, value]) => `${key}=${value}`)
  const words = [row.name, alarm.AlarmDescription ?? '', row.metric, row.namespace, KIND_NAMES[row.kind], row.condition, ...dimensions, ...labels].join('\n').toLowerCase()
  return { ...row, words }
}

/** Loudest first: state, then severity, then the newest change, then the name. */
export const byUrgency = (a: AlarmRow, b: AlarmRow): number =>
  STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
  a.severityRank - b.severityRank ||
  b.changedAt - a.changedAt ||
  a.name.localeCompare(b.name)

/** Every word of the text must be somewhere in the alarm's name, description, metric, dimensions or tags. */
export const matches = (row: AlarmRow, text: string): boolean =>
  text.toLowerCase().split(/\s+/).every(word => row.words.includes(word))

export type StateFilter = StateValue | 'all'

export const stateFilterFrom = (text: string | null): StateFilter => (isState(text) ? text : 'all')

export const countByState = (rows: readonly { readonly state: StateValue }[]): Readonly<Record<StateFilter, number>> => {
  const counts = { all: rows.length, ALARM: 0, OK: 0, INSUFFICIENT_DATA: 0 }
  for (const { state } of rows) counts[state]++
  return counts
}
