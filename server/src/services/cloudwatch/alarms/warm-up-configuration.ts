import type { WarmUpConfiguration } from '@aws-sdk/client-cloudwatch'
import type { EpochMillis } from '../../../base/time.ts'
import type { Alarm, AlarmBase } from '../../../model/alarm.ts'
import { integer, structure } from '../../constraints.ts'
import type { Difference } from '../../operation.ts'

/** The model's limits of what {@link warmUpOf} reads. */
export const WARM_UP_CONFIGURATION = structure({ WarmUpPeriodDurationInMinutes: integer({ min: 1, max: 2880 }) }, ['WarmUpPeriodDurationInMinutes'])

/** As of a new alarm: that of an older one goes on. */
export const warmUpOf = (configuration: WarmUpConfiguration | undefined, since: EpochMillis): Pick<AlarmBase, 'warmUp'> => {
  if (configuration === undefined) return {}
  const { WarmUpPeriodDurationInMinutes: minutes, OnlyStartEvaluatingAfterWarmUpPeriodEnds: whole } = configuration
  return { warmUp: { minutes: minutes!, ...(whole === undefined ? {} : { whole }), since } }
}

/** As the describe operations show it. */
export const describeWarmUp = ({ warmUp }: Alarm): { readonly WarmUpConfiguration?: WarmUpConfiguration } => {
  if (warmUp === undefined) return {}
  const { minutes, whole } = warmUp
  return { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: minutes, ...(whole === undefined ? {} : { OnlyStartEvaluatingAfterWarmUpPeriodEnds: whole }) } }
}

export const WARM_UP_DIFFERS: Difference = {
  member: 'WarmUpConfiguration',
  how: 'it begins when the alarm is given it, and a state that is set by hand ends it, as it has to be judged whether that holds; an alarm that has a state already keeps it meanwhile',
}
