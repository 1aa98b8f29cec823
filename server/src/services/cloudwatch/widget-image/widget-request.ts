import type { TimeRange } from '../../../engines/dashboards/time-range.ts'
import { timeRange } from '../../../engines/dashboards/time-range.ts'
import { validateMetricWidget } from '../../../engines/dashboards/validate-body.ts'
import type { MetricWidgetProperties } from '../../../model/dashboard.ts'
import { validationError } from '../../../wire/fault.ts'
import type { Call } from '../../operation.ts'

/** What the MetricWidget parameter asks for. */
export interface WidgetRequest {
  readonly properties: MetricWidgetProperties
  readonly range: TimeRange
  /** Pixels. */
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
}

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Metric-Widget-Structure.html
const LONGEST = 100 * 1024
const MOST_METRICS = 100
const LARGEST = 2000
const DEFAULT_WIDTH = 600
const DEFAULT_HEIGHT = 400

/** Throws `ValidationError` with the places and reasons that PutDashboard would give. */
export const widgetRequest = (text: string, call: Call): WidgetRequest => {
  if (Buffer.byteLength(text) > LONGEST) throw validationError('The field MetricWidget must not be larger than 100 KB')
  const found = validateMetricWidget(text)
  if (found.kind === 'unreadable') throw validationError('The field MetricWidget must be a valid JSON object')
  const properties = found.kind === 'valid' ? found.value : {}
  const image = JSON.parse(text) as Readonly<Record<string, unknown>>
  const errors = [...(found.kind === 'invalid' ? found.errors : []), ...(found.kind === 'valid' ? unfit(properties, call) : []), ...misshapen(image)]
  if (errors.length > 0) throw validationError(`The metric widget is invalid: ${JSON.stringify(errors)}`)
  const range = timeRange(call.now, properties.start, properties.end)
  if (range === undefined) throw validationError('The metric widget is invalid: the end must come after the start')
  return {
    properties, range,
    width: (image['width'] as number | undefined) ?? DEFAULT_WIDTH,
    height: (image['height'] as number | undefined) ?? DEFAULT_HEIGHT,
    theme: image['theme'] === 'dark' ? 'dark' : 'light',
  }
}

interface Problem {
  readonly dataPath: string
  readonly message: string
}

/** What a dashboard may hold and an image cannot. */
const unfit = ({ metrics, annotations, view, region, yAxis }: MetricWidgetProperties, call: Call): readonly Problem[] => {
  const problems: Problem[] = []
  if ((metrics?.length ?? 0) === 0 && (annotations?.alarms?.length ?? 0) === 0) problems.push({ dataPath: '', message: "Should have required property 'metrics'" })
  if ((metrics?.length ?? 0) > MOST_METRICS) problems.push({ dataPath: '/metrics', message: `Should NOT have more than ${MOST_METRICS} items` })
  if (view === 'table') problems.push({ dataPath: '/view', message: 'Should be equal to one of the allowed values' })
  if (view === 'gauge' && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
    problems.push({ dataPath: '/yAxis/left', message: "Should have required properties 'min' and 'max'" })
  }
  if (region !== undefined && region !== call.tenant.region) problems.push(otherRegion('/region', call))
  for (const [index, item] of (metrics ?? []).entries()) {
    const options = item.find(element => typeof element === 'object')
    if (options?.region !== undefined && options.region !== call.tenant.region) problems.push(otherRegion(`/metrics/${index}`, call))
  }
  return problems
}

const otherRegion = (dataPath: string, { tenant }: Call): Problem => ({ dataPath, message: `Should be the Region of the request, ${tenant.region}` })

const misshapen = (image: Readonly<Record<string, unknown>>): readonly Problem[] => [
  ...(['width', 'height'] as const).flatMap(side => {
    const size = image[side]
    const fits = size === undefined || (Number.isInteger(size) && Number(size) >= 1 && Number(size) <= LARGEST)
    return fits ? [] : [{ dataPath: `/${side}`, message: `Should be an integer from 1 to ${LARGEST}` }]
  }),
  ...([undefined, 'light', 'dark'].includes(image['theme'] as string | undefined)
    ? []
    : [{ dataPath: '/theme', message: 'Should be equal to one of the allowed values' }]),
]
