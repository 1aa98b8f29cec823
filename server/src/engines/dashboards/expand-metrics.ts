import type { MetricOptions, MetricWidgetProperties } from '../../model/dashboard.ts'
import { sortDimensions, type Dimension, type MetricIdentity } from '../../model/metric.ts'

/** A metrics item with `.` and `...` written out, in the order of the widget. */
export type WidgetMetric =
  | { readonly kind: 'metric'; readonly metric: MetricIdentity; readonly options: MetricOptions }
  | { readonly kind: 'expression'; readonly expression: string; readonly options: MetricOptions }

/**
 * The items of a widget's `metrics`: `.` repeats the text at the same place of the metric before, `...` all the texts that the
 * item leaves out, so that it becomes as long as the metric before. Expressions are passed over by both. Items that name no
 * metric even then (a dimension without its value or given twice, a first item that repeats) are left out, as AWS draws nothing for them.
 */
export const expandMetrics = (items: NonNullable<MetricWidgetProperties['metrics']>): readonly WidgetMetric[] => {
  const expanded: WidgetMetric[] = []
  let before: readonly string[] = []
  for (const item of items) {
    const texts = item.filter(element => typeof element === 'string')
    const options = item.find(element => typeof element === 'object') ?? {}
    if (texts.length === 0) {
      if (options.expression !== undefined) expanded.push({ kind: 'expression', expression: options.expression, options })
      continue
    }
    const written = writtenOut(texts, before)
    if (written === undefined) continue
    before = written
    const metric = metricOf(written)
    if (metric !== undefined) expanded.push({ kind: 'metric', metric, options })
  }
  return expanded
}

/** Namespace, name and 30 dimensions. */
const LONGEST = 62

/** The texts with what they repeat of those `before`; undefined when there is nothing to repeat. */
export const writtenOut = (texts: readonly string[], before: readonly string[]): readonly string[] | undefined => {
  const gap = texts.indexOf('...')
  const repeated = gap < 0 ? 0 : Math.max(0, before.length - (texts.length - 1))
  const full = gap < 0 ? texts : [...texts.slice(0, gap), ...before.slice(gap, gap + repeated), ...texts.slice(gap + 1)]
  if (full.length > LONGEST) return undefined
  const written = full.map((text, place) => (text === '.' ? before[place] : text))
  return written.every(text => text !== undefined) ? written : undefined
}

const metricOf = ([namespace, name, ...rest]: readonly string[]): MetricIdentity | undefined => {
  if (namespace === undefined || name === undefined || rest.length % 2 !== 0) return undefined
  const dimensions: Dimension[] = []
  for (let at = 0; at < rest.length; at += 2) dimensions.push({ name: rest[at]!, value: rest[at + 1]! })
  if (new Set(dimensions.map(dimension => dimension.name)).size < dimensions.length) return undefined
  return { namespace, name, dimensions: sortDimensions(dimensions) }
}
