import { seconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type {
  HorizontalAnnotation, MetricWidgetProperties, MetricWidgetView, VerticalAnnotation, WidgetAxis, WidgetAxisSide,
} from '../../model/dashboard.ts'
import type { MetricIdentity } from '../../model/metric.ts'
import { autoPeriod } from './auto-period.ts'
import { expandMetrics, type WidgetMetric } from './expand-metrics.ts'
import { wholeRange, withRangePeriod } from './whole-range.ts'

/** What a metric widget wants to see: queries to run, and how their answers are to be drawn. */
export interface MetricWidget {
  /** In the widget's order; their ids are unique and valid for GetMetricData. */
  readonly queries: readonly WidgetQuery[]
  readonly presentation: WidgetPresentation
}

/** One query, as GetMetricData takes it. A SEARCH, a GROUP BY or a band answers several lines, all in this query's manner. */
export interface WidgetQuery {
  readonly id: string
  readonly source:
    | { readonly kind: 'metric'; readonly metric: MetricIdentity; readonly stat: string }
    | { readonly kind: 'expression'; readonly expression: string }
  readonly period: Seconds
  /** May hold dynamic parts (`${MAX}`); undefined: GetMetricData's own label. */
  readonly label: string | undefined
  /** False: asked for because an expression may need it, not drawn. */
  readonly visible: boolean
  readonly yAxis: WidgetAxisSide
  /** `#rrggbb`; undefined: the palette's next. */
  readonly color: string | undefined
  readonly region: string | undefined
  readonly accountId: string | undefined
}

export interface WidgetPresentation {
  readonly view: MetricWidgetView
  readonly title: string | undefined
  readonly stacked: boolean
  readonly legend: 'right' | 'bottom' | 'hidden'
  /** `±HHMM` */
  readonly timezone: string
  /** False: the newest period, which is not over yet, is not drawn. */
  readonly liveData: boolean
  readonly axes: Readonly<Record<WidgetAxisSide, Axis>>
  readonly annotations: WidgetMarks
  /** One value over the whole range (numbers, gauge, bar, pie, table): the queries' period then holds it all, see `wholeRange`. */
  readonly wholeRange: boolean
  readonly sparkline: boolean
  readonly fullPrecision: boolean
  readonly trend: boolean
  /** Whether bars and slices carry their values. */
  readonly valueLabels: boolean
  readonly table: {
    readonly layout: 'vertical' | 'horizontal'
    readonly stickySummary: boolean
    readonly showTimeSeriesData: boolean
    readonly summaryColumns: readonly ('MIN' | 'MAX' | 'SUM' | 'AVG')[]
  }
}

interface Axis {
  readonly label: string | undefined
  readonly min: number | undefined
  readonly max: number | undefined
  readonly showUnits: boolean
}

export interface WidgetMarks {
  /** ARN of the alarm that the widget draws instead of metrics. */
  readonly alarm: string | undefined
  readonly horizontal: readonly (HorizontalMark | HorizontalBand)[]
  readonly vertical: readonly (VerticalMark | VerticalBand)[]
}

interface Mark {
  readonly label: string | undefined
  readonly color: string | undefined
}

interface HorizontalMark extends Mark {
  readonly kind: 'line'
  readonly value: number
  readonly fill: 'above' | 'below' | 'none'
  readonly yAxis: WidgetAxisSide
}

/** Shaded between the two; `from` is the lower. */
interface HorizontalBand extends Mark {
  readonly kind: 'band'
  readonly from: Edge<number>
  readonly to: Edge<number>
  readonly yAxis: WidgetAxisSide
}

interface VerticalMark extends Mark {
  readonly kind: 'line'
  readonly at: EpochSeconds
  readonly fill: 'before' | 'after' | 'none'
}

interface VerticalBand extends Mark {
  readonly kind: 'band'
  readonly from: Edge<EpochSeconds>
  readonly to: Edge<EpochSeconds>
}

interface Edge<Value> {
  readonly value: Value
  readonly label: string | undefined
}

/** What a widget is drawn for. */
interface WidgetFrame {
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  /** Absent: the end. */
  readonly now?: EpochSeconds
  /** `auto`: all periods follow the range. `inherit`: they are what the widget says. */
  readonly periods: 'auto' | 'inherit'
}

/** AWS's default of a widget's period. */
const DEFAULT_PERIOD = 300
const DEFAULT_STAT = 'Average'

/** A widget whose properties passed validation, made ready for a range. Pure: nothing is read. */
export const metricWidget = (properties: MetricWidgetProperties, frame: WidgetFrame): MetricWidget => ({
  queries: widgetQueries(properties, frame),
  presentation: presentation(properties),
})

const widgetQueries = (properties: MetricWidgetProperties, frame: WidgetFrame): readonly WidgetQuery[] => {
  const items = expandMetrics(properties.metrics ?? [])
  const taken = new Set(items.map(({ options }) => options.id).filter(id => id !== undefined))
  const nextId = idsBesides(taken)
  const given = new Set<string>()
  return items.map(item => {
    const { options } = item
    // An id that is there twice would refuse the whole request; the later one gets one of ours.
    const own = options.id !== undefined && !given.has(options.id) ? options.id : undefined
    if (own !== undefined) given.add(own)
    return {
      id: own ?? nextId(item.kind === 'metric' ? 'm' : 'e'),
      source: sourceOf(item, properties, frame),
      period: periodOf(options.period ?? properties.period ?? DEFAULT_PERIOD, properties, frame),
      label: options.label,
      visible: options.visible ?? true,
      yAxis: options.yAxis ?? 'left',
      color: options.color,
      region: options.region ?? properties.region,
      accountId: options.accountId ?? properties.accountId,
    }
  })
}

const sourceOf = (item: WidgetMetric, properties: MetricWidgetProperties, { start, end }: WidgetFrame): WidgetQuery['source'] =>
  item.kind === 'expression'
    ? { kind: 'expression', expression: properties.setPeriodToTimeRange === true ? withRangePeriod(item.expression, seconds(end - start)) : item.expression }
    : { kind: 'metric', metric: item.metric, stat: item.options.stat ?? properties.stat ?? DEFAULT_STAT }

const periodOf = (own: number, properties: MetricWidgetProperties, frame: WidgetFrame): Seconds => {
  if (properties.setPeriodToTimeRange === true) return wholeRange(frame).period
  return frame.periods === 'auto' ? autoPeriod(frame.start, frame.end) : seconds(own)
}

const idsBesides = (taken: ReadonlySet<string>): ((letter: string) => string) => {
  const counts = new Map<string, number>()
  return letter => {
    let count = counts.get(letter) ?? 0
    do count++
    while (taken.has(`${letter}${count}`))
    counts.set(letter, count)
    return `${letter}${count}`
  }
}

const presentation = (properties: MetricWidgetProperties): WidgetPresentation => ({
  view: properties.view ?? 'timeSeries',
  title: properties.title,
  stacked: properties.stacked ?? false,
  legend: properties.legend?.position ?? 'bottom',
  timezone: properties.timezone ?? '+0000',
  liveData: properties.liveData ?? false,
  axes: { left: axisOf(properties.yAxis?.left), right: axisOf(properties.yAxis?.right) },
  annotations: marksOf(properties.annotations ?? {}),
  wholeRange: properties.setPeriodToTimeRange ?? false,
  sparkline: properties.sparkline ?? false,
  fullPrecision: properties.singleValueFullPrecision ?? false,
  trend: properties.trend ?? false,
  valueLabels: properties.labels?.visible ?? true,
  table: {
    layout: properties.table?.layout ?? 'horizontal',
    stickySummary: properties.table?.stickySummary ?? false,
    showTimeSeriesData: properties.table?.showTimeSeriesData ?? true,
    summaryColumns: properties.table?.summaryColumns ?? ['MIN', 'MAX', 'SUM', 'AVG'],
  },
})

const axisOf = ({ label, min, max, showUnits = true }: WidgetAxis = {}): Axis => ({ label, min, max, showUnits })

const marksOf = ({ alarms, horizontal, vertical }: NonNullable<MetricWidgetProperties['annotations']>): WidgetMarks => ({
  alarm: alarms?.[0],
  horizontal: (horizontal ?? []).flatMap(horizontalMark),
  vertical: (vertical ?? []).flatMap(verticalMark),
})

const isShown = ({ visible }: { readonly visible?: boolean }): boolean => visible ?? true

const horizontalMark = (given: HorizontalAnnotation | readonly HorizontalAnnotation[]): readonly (HorizontalMark | HorizontalBand)[] => {
  const [first, second] = pairOf(given)
  if (first === undefined || !isShown(first)) return []
  const { label, color, yAxis = 'left' } = first
  if (second === undefined) return [{ kind: 'line', value: first.value, label, color, fill: first.fill ?? 'none', yAxis }]
  const [from, to] = [first, second].sort((a, b) => a.value - b.value) as [HorizontalAnnotation, HorizontalAnnotation]
  return [{ kind: 'band', from: edgeOf(from.value, from), to: edgeOf(to.value, to), label, color: color ?? second.color, yAxis }]
}

const verticalMark = (given: VerticalAnnotation | readonly VerticalAnnotation[]): readonly (VerticalMark | VerticalBand)[] => {
  const [first, second] = pairOf(given)
  const at = first && instantOf(first)
  if (first === undefined || at === undefined || !isShown(first)) return []
  const { label, color } = first
  const other = second && instantOf(second)
  if (second === undefined || other === undefined) return [{ kind: 'line', at, label, color, fill: first.fill ?? 'none' }]
  const edges = [edgeOf(at, first), edgeOf(other, second)]
  const [from, to] = (at <= other ? edges : edges.toReversed()) as [Edge<EpochSeconds>, Edge<EpochSeconds>]
  return [{ kind: 'band', from, to, label, color: color ?? second.color }]
}

const pairOf = <Annotation extends object>(given: Annotation | readonly Annotation[]): readonly Annotation[] =>
  Array.isArray(given) ? (given as readonly Annotation[]) : [given as Annotation]

const edgeOf = <Value>(value: Value, { label }: { readonly label?: string }): Edge<Value> => ({ value, label })

const instantOf = ({ value }: VerticalAnnotation): EpochSeconds | undefined => {
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : (Math.floor(at / 1000) as EpochSeconds)
}
