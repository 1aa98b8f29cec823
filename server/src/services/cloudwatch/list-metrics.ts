import type { ListMetricsCommandInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch'
import { createHash } from 'node:crypto'
import { epochMillis } from '../../base/time.ts'
import { metricKey, type MetricIdentity } from '../../model/metric.ts'
import { LISTED_FOR } from '../../model/metric-limits.ts'
import { operation, type Call } from '../operation.ts'
import { enforce, list, oneOf, structure, text } from '../constraints.ts'
import { invalidParameterValue } from './faults.ts'
import { dimensionName, dimensionValue, metricName, namespace } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'
import type { MetricDirectory } from './ports.ts'

const INPUT = structure({
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: list(structure({ Name: dimensionName, Value: dimensionValue }, ['Name']), { max: 10 }),
  RecentlyActive: oneOf(['PT3H']),
  OwningAccount: text({ min: 1, max: 255 }),
})

const PAGE = 500
const RECENTLY = 3 * 3_600_000

export const listMetrics = (directory: MetricDirectory) =>
  operation<ListMetricsCommandInput, ListMetricsOutput>({
    name: 'ListMetrics',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { member: 'Metrics', how: 'a new metric is listed at once; AWS: after up to fifteen minutes' },
      { member: 'OwningAccount', how: 'nothing is listed for another account: accounts are kept apart' },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const metrics = isOthersOnly(input, call) ? [] : await directory.list(filterOf(input, call))
      const scope = scopeOf(input, call)
      const from = input.NextToken === undefined ? 0 : resume(metrics, openToken(scope, input.NextToken))
      const page = metrics.slice(from, from + PAGE)
      const end = from + page.length
      return {
        Metrics: page.map(describeMetric),
        ...(end < metrics.length ? { NextToken: sealToken(scope, { after: fingerprint(page.at(-1)!), at: end } satisfies Cursor) } : {}),
        ...(input.IncludeLinkedAccounts === true ? { OwningAccounts: page.map(() => call.tenant.account) } : {}),
      }
    },
  })

/** There are no linked accounts here, so another owner has no metrics in view. */
const isOthersOnly = (input: ListMetricsCommandInput, call: Call): boolean =>
  input.OwningAccount !== undefined && input.OwningAccount !== call.tenant.account

const filterOf = (input: ListMetricsCommandInput, call: Call) => ({
  tenant: call.tenant,
  namespace: input.Namespace,
  name: input.MetricName,
  dimensions: (input.Dimensions ?? []).map(({ Name = '', Value }) => ({ name: Name, value: Value })),
  since: epochMillis(call.now - (input.RecentlyActive === 'PT3H' ? RECENTLY : LISTED_FOR)),
})

/** Where the last page ended: its last metric, and how far down the list that was. */
interface Cursor {
  readonly after: string
  readonly at: number
}

const scopeOf = ({ Namespace, MetricName, Dimensions, RecentlyActive }: ListMetricsCommandInput, call: Call): TokenScope => ({
  operation: 'ListMetrics',
  tenant: call.tenant,
  request: [Namespace, MetricName, Dimensions, RecentlyActive],
})

/** Metrics that appeared or went meanwhile move the list; the last one shown tells where to go on. */
const resume = (metrics: readonly MetricIdentity[], cursor: unknown): number => {
  if (!isCursor(cursor)) throw invalidParameterValue('Request parameter NextToken is invalid')
  const last = metrics[cursor.at - 1]
  if (last !== undefined && fingerprint(last) === cursor.after) return cursor.at
  const found = metrics.findIndex(metric => fingerprint(metric) === cursor.after)
  return found === -1 ? cursor.at : found + 1
}

const isCursor = (value: unknown): value is Cursor =>
  typeof value === 'object' && value !== null &&
  'after' in value && typeof value.after === 'string' &&
  'at' in value && Number.isSafeInteger(value.at)

const fingerprint = (metric: MetricIdentity): string => createHash('sha256').update(metricKey(metric)).digest('base64url').slice(0, 16)

const describeMetric = ({ namespace, name, dimensions }: MetricIdentity) => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: dimensions.map(dimension => ({ Name: dimension.name, Value: dimension.value })),
})
