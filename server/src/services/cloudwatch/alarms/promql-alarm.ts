import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { seconds } from '../../../base/time.ts'
import type { AlarmBase, PromqlAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { required } from './evaluation-parameters.ts'

/** What is wrong with a PromQL query, in a sentence; undefined: nothing. */
export type CheckPromql = (query: string) => string | undefined

/** The definition of an alarm on a PromQL query. Throws AWS's refusals. */
export const promqlAlarm = (input: PutMetricAlarmCommandInput, base: AlarmBase, check: CheckPromql): PromqlAlarm => {
  const criteria = required(input.EvaluationCriteria?.PromQLCriteria, 'EvaluationCriteria.PromQLCriteria')
  const interval = required(input.EvaluationInterval, 'EvaluationInterval')
  if (interval !== 10 && interval !== 20 && interval !== 30 && interval % 60 !== 0) {
    throw validationError('EvaluationInterval must be 10, 20, 30 or a multiple of 60')
  }
  const query = required(criteria.Query, 'EvaluationCriteria.PromQLCriteria.Query')
  const problem = check(query)
  if (problem !== undefined) throw validationError(`Error in PromQL query: ${problem}`)
  return {
    ...base,
    kind: 'promql',
    query,
    pendingPeriod: seconds(criteria.PendingPeriod ?? 0),
    recoveryPeriod: seconds(criteria.RecoveryPeriod ?? 0),
    evaluationInterval: seconds(interval),
  }
}
