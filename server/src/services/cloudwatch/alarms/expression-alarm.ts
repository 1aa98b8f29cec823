import type { MetricDataQuery, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { parseArn } from '../../../base/arn.ts'
import type { Seconds } from '../../../base/time.ts'
import { compile } from '../../../engines/expressions/compile.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { Program } from '../../../engines/expressions/program.ts'
import { isInsights, parseInsights } from '../../../engines/metrics-insights/parse.ts'
import type { AlarmBase, AlarmLimit, AlarmQuery, BandComparison, ExpressionAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { searchOf } from '../data/searches.ts'
import { periodOf as alarmPeriod, quorumOf, required, staticLimitOf } from './evaluation-parameters.ts'
import { metricQueries } from './metric-queries.ts'

/** The definition of an alarm on a list of Metrics. Throws AWS's refusals. */
export const expressionAlarm = (input: PutMetricAlarmCommandInput, base: AlarmBase): ExpressionAlarm => {
  checkCounts(input.Metrics ?? [])
  const queries = metricQueries(input.Metrics ?? [], base.tenant)
  const limit = limitOf(input)
  try {
    const program = programOf(queries)
    const quorum = quorumOf(input, periodOf(queries, program, base.tenant.account))
    checkResult(queries, limit, program, base)
    return { ...base, kind: 'expression', queries, limit, ...quorum }
  } catch (error) {
    if (error instanceof ExpressionError) throw validationError(error.message)
    throw error
  }
}

/** AWS's limits, for each kind of query. */
const MOST = 10

const checkCounts = (queries: readonly MetricDataQuery[]): void => {
  if (queries.filter(({ Expression }) => Expression !== undefined).length > MOST) throw validationError(`Too many expressions in alarm, maximum is ${MOST}`)
  if (queries.filter(({ MetricStat }) => MetricStat !== undefined).length > MOST) throw validationError(`Too many metrics in alarm, maximum is ${MOST}`)
}

const limitOf = (input: PutMetricAlarmCommandInput): AlarmLimit => {
  const metricId = input.ThresholdMetricId
  if (metricId === undefined) return { kind: 'static', ...staticLimitOf(input) }
  if (input.Threshold !== undefined) throw validationError('Threshold should not be set if ThresholdMetricId is set.')
  return { kind: 'band', comparison: bandComparisonOf(required(input.ComparisonOperator, 'ComparisonOperator')), metricId }
}

const bandComparisonOf = (operator: string): BandComparison => {
  switch (operator) {
    case 'LessThanLowerOrGreaterThanUpperThreshold':
    case 'LessThanLowerThreshold':
    case 'GreaterThanUpperThreshold':
      return operator
    default:
      throw validationError(`ComparisonOperator ${operator} is not supported for alarms based on anomaly detection models.`)
  }
}

/** The one that all queries have, and that their searches name. Throws `ExpressionError` for a search that cannot be read. */
const periodOf = (queries: readonly AlarmQuery[], program: Program, account: string): Seconds => {
  const own = queries.map(({ stored, period }) => stored?.period ?? period)
  const periods = [...own, ...queries.flatMap(query => searchedPeriods(query, program, account))].filter(period => period !== undefined)
  const [first] = periods
  if (first === undefined) throw validationError('Period must not be null')
  if (periods.some(period => period !== first)) throw validationError('Period must be the same for all elements of the metrics list.')
  return first
}

const searchedPeriods = ({ id, expression }: AlarmQuery, program: Program, account: string): readonly (Seconds | undefined)[] =>
  expression === undefined ? [] : program.needsOf(id).flatMap(need => {
    if (need.kind !== 'search') return []
    searchOf(need, account, id)
    return [need.period === undefined ? undefined : alarmPeriod(need.period)]
  })

const programOf = (queries: readonly AlarmQuery[]): Program =>
  compile(
    queries.flatMap(({ id, label, stored }) =>
      stored === undefined ? [] : [{ id, period: stored.period, ...(label === undefined ? {} : { label }) }],
    ),
    queries.flatMap(({ id, label, expression, period }) =>
      expression === undefined
        ? []
        : [{ id, expression, ...(label === undefined ? {} : { label }), ...(period === undefined ? {} : { period }) }],
    ),
  )

const checkResult = (queries: readonly AlarmQuery[], limit: AlarmLimit, program: Program, base: AlarmBase): void => {
  const results = queries.filter(({ returnData }) => returnData)
  const watched = limit.kind === 'static' ? results : results.filter(({ id }) => id !== limit.metricId)
  if (limit.kind === 'band') {
    const band = results.find(({ id }) => id === limit.metricId)
    if (band === undefined) throw validationError('Metrics list must contain exactly one metric matching the ThresholdMetricId parameter')
    if (band.expression === undefined || program.bandOf(band.id) === undefined) {
      throw validationError(`ThresholdMetricId ${limit.metricId} must be the Id of an ANOMALY_DETECTION_BAND in the metrics list.`)
    }
    if (results.length !== 2 || watched.length !== 1) throw validationError('Exactly two elements of the metrics list should return data.')
    refuseActions(base, ['autoscaling'], () => 'autoscaling actions not supported when ThresholdMetricId is set')
  } else if (results.length !== 1) {
    throw validationError('Exactly one element of the metrics list should return data.')
  }
  const { id, expression } = watched[0]!
  if (expression === undefined) return
  program.requireSeries(id)
  if (program.shapeOf(id) !== 'list') return
  if (limit.kind === 'band' || !isInsights(expression) || parseInsights(expression).orderBy === undefined) throw validationError(SEVERAL_SERIES)
  refuseActions(base, ['autoscaling', 'automate', 'swf'], arn => `Action ${arn} is not supported for alarms based on several time series.`)
}

const SEVERAL_SERIES =
  'Metrics expression that return multi time series are only allowed for MetricsInsights expression with an ORDER BY clause'

/** What acts on one instance or group cannot know for which of the series it should, or how far out of its band it is. */
const refuseActions = (base: AlarmBase, services: readonly string[], text: (arn: string) => string): void => {
  const arns = [...base.okActions, ...base.alarmActions, ...base.insufficientDataActions]
  const refused = arns.find(arn => services.includes(parseArn(arn)?.service ?? ''))
  if (refused !== undefined) throw validationError(text(refused))
}
