import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import { obstacleTo } from '../../engines/alarms/action-kinds.ts'
import { FUNCTIONS } from '../../engines/expressions/registry.ts'
import { AGGREGATIONS } from '../../engines/promql/aggregations.ts'
import { FUNCTIONS as PROMQL_FUNCTIONS } from '../../engines/promql/functions/registry.ts'
import { ARITHMETIC, COMPARISONS, SETS } from '../../engines/promql/operators.ts'
import { FAMILIES } from '../../engines/statistics/parse.ts'
import {
  ACTIONS, ALARM_FEATURES, ALARM_KINDS, type Feature, METRICS_INSIGHTS, MISSING_DATA, PROMQL_LIMITS, SEARCH, STREAM_FEATURES,
  PICTURE_PROPERTIES, STREAM_OUTPUTS, VIEWS, WIDGETS,
} from '../../services/cloudwatch/features.ts'
import { table } from './table.ts'

/** What CloudWatch has besides its operations, each part from the registry that the server itself works by. */
export const featureTables = (): readonly string[] =>
  [
    section('Statistics', FAMILIES.map(({ name, usage }) => ({ name: `${name}: ${usage}` }))),
    section('Metric math: functions ([reference](metric-math.md))', FUNCTIONS),
    section('SEARCH', SEARCH),
    section('Metrics Insights', METRICS_INSIGHTS),
    section('PromQL ([reference](promql.md))', [
      { name: [...ARITHMETIC, ...COMPARISONS, ...SETS].map(operator => `\`${operator}\``).join(' ') },
      ...AGGREGATIONS,
      ...PROMQL_FUNCTIONS,
      ...PROMQL_LIMITS,
    ]),
    section('Alarms', [...Object.values(ALARM_KINDS), ...ALARM_FEATURES]),
    section('Treatments of missing data', Object.values(MISSING_DATA)),
    section('Actions of alarms', Object.values(ACTIONS).map(action)),
    section('Widgets of dashboards', Object.values(WIDGETS)),
    section('Pictures of metric widgets', [...Object.values(VIEWS), ...PICTURE_PROPERTIES]),
    section('Metric streams', [...Object.values(STREAM_OUTPUTS), ...STREAM_FEATURES]),
  ]

/** What is done stands in one row; what differs or is missing has a row each. */
const section = (title: string, features: readonly Feature[]): string => {
  const done = features.filter(({ differs, missing }) => differs === undefined && missing === undefined).map(({ name }) => name)
  const others = features.flatMap(({ name, differs, missing }) =>
    missing === undefined ? (differs === undefined ? [] : [[name, `differs: ${differs}`]]) : [[name, `missing: ${missing}`]])
  return `### ${title}\n\n${table(['feature', 'state'], [...(done.length === 0 ? [] : [[done.join(', '), 'done']]), ...others])}`
}

const TENANT: Tenant = { account: accountId('000000000000'), region: region('us-east-1') }

/** Whether it runs is asked of the rule by which it would run. */
const action = ({ name, example }: (typeof ACTIONS)[keyof typeof ACTIONS]): Feature => {
  const obstacle = obstacleTo(example, TENANT, new Set())
  return obstacle === undefined ? { name } : { name, missing: `taken as AWS takes it; the history says that it failed: *${obstacle}*` }
}
