import { epochMillis } from '../../base/time.ts'
import type { Alarm, AlarmRecord, AlarmState, AlarmStateValue } from '../../model/alarm.ts'
import { owner, stored, tenantOf } from './control-database.ts'
import type { AlarmRow } from './tables.ts'

export const alarmRow = ({ alarm, state }: AlarmRecord): AlarmRow => {
  const { tenant, ...definition } = alarm
  return {
    arn: alarm.arn,
    ...owner(tenant),
    name: alarm.name,
    definition: JSON.stringify(definition),
    state_value: state.value,
    state_reason: state.reason,
    state_reason_data: state.reasonData ?? null,
    state_updated_at: state.updatedAt,
    state_transitioned_at: state.transitionedAt,
    state_more: moreOf(state),
  }
}

/** Each kind without its tenant, which has columns of its own. */
type Definition = Alarm extends infer Kind ? (Kind extends Alarm ? Omit<Kind, 'tenant'> : never) : never

/** Members that were never given are absent from the stored definition, and read as undefined. */
export const alarmRecord = (row: AlarmRow): AlarmRecord => ({
  alarm: { ...stored<Definition>(row.definition), tenant: tenantOf(row) },
  state: {
    value: row.state_value as AlarmStateValue,
    reason: row.state_reason,
    reasonData: row.state_reason_data ?? undefined,
    updatedAt: epochMillis(row.state_updated_at),
    transitionedAt: epochMillis(row.state_transitioned_at),
    ...(row.state_more === null ? {} : stored<More>(row.state_more)),
  },
})

/** Members of a state that most states do not have. */
type More = Pick<AlarmState, 'evaluation' | 'suppression' | 'muted'>

const moreOf = ({ evaluation, suppression, muted }: AlarmState): string | null =>
  evaluation === undefined && suppression === undefined && muted === undefined ? null : JSON.stringify({ evaluation, suppression, muted })
