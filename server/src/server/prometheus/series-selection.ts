import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import { NAME, type Labels } from '../../engines/promql/labels.ts'
import { matchesAll, type Matcher } from '../../engines/promql/matcher.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import { NAMESPACE, seriesLabels } from './series-labels.ts'

/** Which metrics exist: the series table behind ListMetrics. */
export interface MetricDirectory {
  list(filter: MetricFilter): Promise<readonly MetricIdentity[]>
}

interface FoundSeries {
  readonly metric: MetricIdentity
  readonly labels: Labels
}

/** The tenant's metrics that all matchers fit and that have had data since then. */
export const selectSeries = async (
  directory: MetricDirectory, tenant: Tenant, matchers: readonly Matcher[], since: EpochMillis,
): Promise<readonly FoundSeries[]> => {
  const asked = (label: string): string | undefined => matchers.find(({ name, symbol, value }) => name === label && symbol === '=' && value !== '')?.value
  const metrics = await directory.list({ tenant, namespace: asked(NAMESPACE), name: asked(NAME), dimensions: [], since })
  const found: FoundSeries[] = []
  for (const metric of metrics) {
    const labels = seriesLabels(metric)
    if (matchesAll(labels, matchers)) found.push({ metric, labels })
  }
  return found
}
