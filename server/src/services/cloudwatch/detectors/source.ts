import type { Dimension, MetricMathAnomalyDetector, SingleMetricAnomalyDetector } from '@aws-sdk/client-cloudwatch'
import type { Tenant } from '../../../base/tenancy.ts'
import { compile } from '../../../engines/expressions/compile.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import { parseStatistic } from '../../../engines/statistics/parse.ts'
import type { AlarmQuery } from '../../../model/alarm.ts'
import type { DetectorSource } from '../../../model/anomaly-detector.ts'
import { validationError } from '../../../wire/fault.ts'
import { metricQueries } from '../alarms/metric-queries.ts'
import { invalidParameterCombination, invalidParameterValue, missingParameter } from '../faults.ts'
import { metricIdentity } from '../metric-identity.ts'

/** How requests name what a detector learns from. The flat members are the older way of naming a single metric. */
export interface NamedSource {
  readonly Namespace?: string | undefined
  readonly MetricName?: string | undefined
  readonly Dimensions?: Dimension[] | undefined
  readonly Stat?: string | undefined
  readonly SingleMetricAnomalyDetector?: SingleMetricAnomalyDetector | undefined
  readonly MetricMathAnomalyDetector?: MetricMathAnomalyDetector | undefined
}

const FLAT = ['Namespace', 'MetricName', 'Dimensions', 'Stat'] as const
export const NAMED = [...FLAT, 'SingleMetricAnomalyDetector', 'MetricMathAnomalyDetector'] as const

/** Throws AWS's refusals; the model's own limits are checked before. */
export const detectorSource = (input: NamedSource, tenant: Tenant): DetectorSource => {
  const { SingleMetricAnomalyDetector: single, MetricMathAnomalyDetector: math } = input
  const found = [
    ...(math === undefined ? [] : ['MetricMathAnomalyDetector']),
    ...(single === undefined ? [] : ['SingleMetricAnomalyDetector']),
    ...(FLAT.some(name => input[name] !== undefined) ? ['single metric attributes'] : []),
  ]
  if (found.length > 1) throw invalidParameterCombination(`${ONE_OF}, found ${found.join(', ')}.`)
  if (math !== undefined) return mathSource(math, tenant)
  if (single !== undefined) return metricSource(single, 'SingleMetricAnomalyDetector.', tenant)
  return metricSource(input, '', tenant)
}

const ONE_OF = 'Either single metric attributes, SingleMetricAnomalyDetector or MetricMathAnomalyDetector can be set'

export const exclusive = (one: string, other: string) =>
  invalidParameterCombination(`The parameters ${one} and ${other} are mutually exclusive and you have specified both.`)

const metricSource = (metric: SingleMetricAnomalyDetector, at: string, tenant: Tenant): DetectorSource => {
  const { Namespace: namespace, MetricName: name, Stat: statistic, AccountId: account } = metric
  if (namespace === undefined) throw missingParameter(`${at}Namespace`)
  if (name === undefined) throw missingParameter(`${at}MetricName`)
  if (statistic === undefined) throw missingParameter(`${at}Stat`)
  if (!parseStatistic(statistic).ok) throw invalidParameterValue(`The value ${statistic} for parameter ${at}Stat is not supported.`)
  // Accounts are kept apart here: no other's metrics are in view.
  if (account !== undefined && account !== tenant.account) throw invalidParameterValue(`The value ${account} for parameter ${at}AccountId is invalid.`)
  return { kind: 'metric', metric: metricIdentity({ namespace, name, dimensions: metric.Dimensions }, invalidParameterValue), statistic }
}

const mathSource = ({ MetricDataQueries: input }: MetricMathAnomalyDetector, tenant: Tenant): DetectorSource => {
  if (input === undefined || input.length === 0) throw missingParameter('MetricMathAnomalyDetector.MetricDataQueries')
  if (input.length === 1) {
    throw validationError('The MetricDataQueries list in MetricMathAnomalyDetector contains a single metric, please use SingleMetricAnomalyDetector instead')
  }
  const queries = metricQueries(input, tenant)
  const [result, ...others] = queries.filter(({ returnData }) => returnData)
  if (result?.expression === undefined || others.length > 0) {
    throw validationError('Exactly one element of the MetricDataQueries should return data, and it should be an expression.')
  }
  checkExpression(queries, result)
  return { kind: 'math', queries }
}

/** What holds for the argument of ANOMALY_DETECTION_BAND holds for a detector. */
const checkExpression = (queries: readonly AlarmQuery[], result: AlarmQuery): void => {
  const stored = queries.flatMap(({ id, stored: metric }) => (metric === undefined ? [] : [{ id, period: metric.period }]))
  const expressions = queries.flatMap(({ id, expression }) => (expression === undefined ? [] : [{ id, expression }]))
  const band = { id: freeId(queries), expression: `ANOMALY_DETECTION_BAND(${result.id})` }
  try {
    compile(stored, expressions)
    compile(stored, [...expressions, band])
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw validationError(error.id === band.id ? `Error in expression '${result.id}': ${error.detail}` : error.message)
  }
}

const freeId = (queries: readonly AlarmQuery[]): string => {
  let id = 'band'
  while (queries.some(query => query.id === id)) id += '_'
  return id
}
