import type { DashboardWidget } from '../../../../server/src/model/dashboard.ts'
import type { Alarm } from '../../aws/shapes.ts'
import { STATES } from '../../words/states.ts'

export type AlarmWidgetProperties = (DashboardWidget & { readonly type: 'alarm' })['properties']

/** Which alarms an alarm widget shows, in its order. */
export const listedAlarms = ({ states, sortBy = 'default' }: Pick<AlarmWidgetProperties, 'states' | 'sortBy'>, alarms: readonly Alarm[]): readonly Alarm[] =>
  alarms
    .filter(({ StateValue: state }) => states === undefined || states.length === 0 || states.some(each => each === state))
    .toSorted((a, b) => {
      const newest = (b.StateTransitionedTimestamp ?? 0) - (a.StateTransitionedTimestamp ?? 0)
      const byState = STATES.indexOf(a.StateValue ?? 'OK') - STATES.indexOf(b.StateValue ?? 'OK')
      const byName = (a.AlarmName ?? '').localeCompare(b.AlarmName ?? '')
      if (sortBy === 'timestamp') return newest || byName
      return sortBy === 'stateUpdatedTimestamp' ? byState || newest || byName : byName
    })
