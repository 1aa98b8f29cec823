import { Labels, NAME } from '../../engines/promql/labels.ts'
import type { MetricIdentity } from '../../model/metric.ts'

/** The label that holds a metric's namespace. */
export const NAMESPACE = 'Namespace'

/** Labels of ours; a dimension of that name goes by `exported_…`, as in Prometheus where a target's own labels collide with it. */
const OURS: ReadonlySet<string> = new Set([NAME, NAMESPACE])

/** A metric as PromQL sees it: its name, its namespace, and a label for each dimension. */
export const seriesLabels = ({ namespace, name, dimensions }: MetricIdentity): Labels =>
  Labels.of([[NAME, name], [NAMESPACE, namespace], ...dimensions.map(dimension => [labelName(dimension.name), dimension.value] as const)])

const labelName = (dimension: string): string => (OURS.has(dimension) ? `exported_${dimension}` : dimension)
