import type { Arn } from '../base/arn.ts'
import type { AccountId } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A dashboard belongs to an account, not to a region. */
export interface Dashboard {
  readonly account: AccountId
  readonly arn: Arn
  readonly name: string
  /** AWS's dashboard body, as it came: JSON text, white space and all. */
  readonly body: string
  readonly modifiedAt: EpochMillis
}

/** A dashboard body that passed validation; AWS's names and shapes. */
export interface DashboardBody {
  readonly start?: string
  readonly end?: string | null
  readonly periodOverride?: 'auto' | 'inherit'
  readonly widgets: readonly DashboardWidget[]
  readonly variables?: readonly DashboardVariable[]
}

interface Placed {
  readonly x?: number
  readonly y?: number
  /** In columns of 24. */
  readonly width?: number
  readonly height?: number
}

/** One widget. Kinds that draw no metrics keep their properties as they came. */
export type DashboardWidget =
  | (Placed & { readonly type: 'metric'; readonly properties: MetricWidgetProperties })
  | (Placed & { readonly type: 'text'; readonly properties: TextWidgetProperties })
  | (Placed & { readonly type: 'alarm'; readonly properties: AlarmWidgetProperties })
  | (Placed & { readonly type: 'log' | 'explorer' | 'custom' | 'chart'; readonly properties: Readonly<Record<string, unknown>> })

interface TextWidgetProperties {
  readonly markdown: string
  readonly background?: 'solid' | 'transparent'
}

interface AlarmWidgetProperties {
  readonly alarms: readonly string[]
  readonly title?: string
  readonly sortBy?: 'default' | 'stateUpdatedTimestamp' | 'timestamp'
  readonly states?: readonly ('ALARM' | 'INSUFFICIENT_DATA' | 'OK')[]
}

export type MetricWidgetView = 'timeSeries' | 'singleValue' | 'gauge' | 'bar' | 'pie' | 'table'
export type WidgetAxisSide = 'left' | 'right'

/** What both dashboards' metric widgets and GetMetricWidgetImage are asked for. */
export interface MetricWidgetProperties {
  /** Each item: texts with `.` and `...` still in them, options last. */
  readonly metrics?: readonly (readonly (string | MetricOptions)[])[]
  readonly annotations?: WidgetAnnotations
  readonly view?: MetricWidgetView
  readonly stacked?: boolean
  readonly stat?: string
  readonly period?: number
  readonly region?: string
  readonly accountId?: string
  readonly title?: string
  readonly legend?: { readonly position?: 'right' | 'bottom' | 'hidden' }
  readonly liveData?: boolean
  readonly sparkline?: boolean
  readonly setPeriodToTimeRange?: boolean
  readonly singleValueFullPrecision?: boolean
  readonly trend?: boolean
  readonly timezone?: string
  readonly yAxis?: { readonly left?: WidgetAxis; readonly right?: WidgetAxis }
  readonly labels?: { readonly visible?: boolean }
  readonly table?: {
    readonly layout?: 'vertical' | 'horizontal'
    readonly stickySummary?: boolean
    readonly showTimeSeriesData?: boolean
    readonly summaryColumns?: readonly ('MIN' | 'MAX' | 'SUM' | 'AVG')[]
  }
  readonly start?: string
  readonly end?: string | null
}

/** The object that may end a metrics item. */
export interface MetricOptions {
  readonly color?: string
  readonly label?: string
  readonly period?: number
  readonly stat?: string
  readonly visible?: boolean
  readonly yAxis?: WidgetAxisSide
  readonly id?: string
  readonly region?: string
  readonly accountId?: string
  readonly expression?: string
}

export interface WidgetAxis {
  readonly label?: string
  readonly min?: number
  readonly max?: number
  readonly showUnits?: boolean
}

interface WidgetAnnotations {
  readonly alarms?: readonly string[]
  /** A pair is a band. */
  readonly horizontal?: readonly (HorizontalAnnotation | readonly HorizontalAnnotation[])[]
  readonly vertical?: readonly (VerticalAnnotation | readonly VerticalAnnotation[])[]
}

export interface HorizontalAnnotation {
  readonly value: number
  readonly label?: string
  readonly color?: string
  readonly fill?: 'above' | 'below' | 'none'
  readonly visible?: boolean
  readonly yAxis?: WidgetAxisSide
}

export interface VerticalAnnotation {
  /** ISO 8601. */
  readonly value: string
  readonly label?: string
  readonly color?: string
  readonly fill?: 'before' | 'after' | 'none'
  readonly visible?: boolean
}

export interface DashboardVariable {
  readonly type: 'property' | 'pattern'
  readonly property?: string
  readonly pattern?: string
  readonly inputType: 'input' | 'select' | 'radio'
  readonly id: string
  readonly label?: string
  readonly values?: readonly { readonly value: string | number | boolean; readonly label?: string }[]
  readonly search?: string
  readonly populateFrom?: string
  readonly defaultValue?: string | number | boolean
  readonly visible?: boolean
}
