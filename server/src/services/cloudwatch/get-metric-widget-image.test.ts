import { describe, expect, test } from 'vitest'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'
import { RawReply } from '../../wire/service.ts'
import { InMemoryCloudWatch, NOW } from './ports.test-support.ts'

const image = async (memory: InMemoryCloudWatch, widget: object): Promise<string> => {
  const { MetricWidgetImage } = await memory.run<{ MetricWidgetImage: Uint8Array }>('GetMetricWidgetImage', { MetricWidget: JSON.stringify(widget) })
  return Buffer.from(MetricWidgetImage).toString()
}
const refusal = (widget: unknown): Promise<string> =>
  new InMemoryCloudWatch().refusal('GetMetricWidgetImage', { MetricWidget: typeof widget === 'string' ? widget : JSON.stringify(widget) })

const CPU = { metrics: [['App', 'Cpu', 'Host', 'a']], period: 60 }

describe('what is drawn', () => {
  const withData = (): InMemoryCloudWatch => {
    const memory = new InMemoryCloudWatch()
    for (const [minutes, value] of [[30, 10], [29, 20], [28, 30], [20, 40], [0, 99]] as const) {
      memory.metrics.add('Cpu', minutes * 60, value, { dimensions: { Host: 'a' } })
    }
    memory.now = epochMillis(NOW + 30_000)
    return memory
  }

  test('the metric, in AWS\'s default size, with gaps where data are missing', async () => {
    const svg = await image(withData(), CPU)
    expect(svg).toContain('width="600" height="400"')
    expect(svg).toContain('>Cpu</text>')
    expect(svg.match(/<path d="M[^"]*L[^"]*L[^"]*" fill="none"/g)).toHaveLength(1)
    // The point of twenty minutes ago stands alone; that of the running minute is not drawn yet.
    expect(svg.match(/<circle/g)).toHaveLength(1)
    expect((await image(withData(), { ...CPU, liveData: true, start: '-PT1H' })).match(/<circle/g)).toHaveLength(2)
  })

  test('title, size, theme, annotations, axes and view are those of the widget', async () => {
    const svg = await image(withData(), {
      ...CPU, title: 'Load & more', width: 1000, height: 300, theme: 'dark', timezone: '+0200', yAxis: { left: { label: 'Percent', min: 0, max: 100 } },
      annotations: { horizontal: [{ value: 75, label: 'limit', color: '#ff0000', fill: 'above' }], vertical: [{ value: '2026-03-04T11:00:00Z', label: 'deploy' }] },
    })
    for (const part of ['width="1000" height="300"', 'Load &amp; more', 'fill="#161d26"', '>limit<', '>deploy<', '>Percent<', '>14:00<']) expect(svg).toContain(part)
    expect(await image(withData(), { ...CPU, view: 'singleValue' })).toContain('>40</text>')
    expect(await image(withData(), { ...CPU, view: 'gauge', yAxis: { left: { min: 0, max: 50 } } })).toContain('>50</text>')
    expect(await image(withData(), { ...CPU, view: 'pie' })).toContain('40 (100%)')
    expect(await image(withData(), { ...CPU, view: 'bar' })).toContain('>40</text>')
  })

  test('an alarm is drawn as what it watches, with its threshold', async () => {
    const memory = withData()
    const alarm = { AlarmName: 'busy', EvaluationPeriods: 1, Threshold: 35, ComparisonOperator: 'GreaterThanThreshold' }
    const Dimensions = [{ Name: 'Host', Value: 'a' }]
    await memory.run('PutMetricAlarm', { ...alarm, Namespace: 'App', MetricName: 'Cpu', Dimensions, Statistic: 'Maximum', Period: 60 })
    const annotations = { alarms: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:busy'] }
    const svg = await image(memory, { annotations })
    for (const part of ['>busy</text>', '>busy &gt; 35<', '>Cpu</text>', 'fill="#d13212"']) expect(svg).toContain(part)

    const stat = { Metric: { Namespace: 'App', MetricName: 'Cpu', Dimensions }, Stat: 'Maximum', Period: 60 }
    await memory.run('PutMetricAlarm', { ...alarm, Metrics: [{ Id: 'm1', MetricStat: stat, ReturnData: false }, { Id: 'e1', Expression: 'm1 * 2', Label: 'twice' }] })
    const computed = await image(memory, { annotations, title: 'Mine' })
    for (const part of ['>Mine</text>', '>twice</text>']) expect(computed).toContain(part)
    expect(computed).not.toContain('>Cpu</text>')
  })

  test('a band is shaded, and named once', async () => {
    const memory = withData()
    const hour = (value: number) => Array.from({ length: 168 }, () => value)
    Object.assign(memory.ports, {
      bands: {
        learn: async (): Promise<BandModel> => ({
          version: 1, timezone: 'UTC', period: seconds(60), state: 'TRAINED', until: epochSeconds(NOW / 1000), points: 2000, trend: 0, nonNegative: true,
          levels: [...hour(45), ...hour(45)], spreads: hour(5), spikes: { above: 0, below: 0 },
        }),
      },
    })
    const band = { metrics: [['App', 'Cpu', 'Host', 'a', { id: 'm1' }], [{ expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }]], period: 60 }
    const svg = await image(memory, band)
    expect(svg).toContain('>m1 (expected)</text>')
    expect(svg.match(/fill-opacity="0.25"/g)).toHaveLength(1)
    expect(await image(memory, { ...band, view: 'bar' })).toContain('>m1 (expected: upper)</text>')
  })

  test('one value over the range is that of the whole range, whenever it begins', async () => {
    const memory = withData()
    memory.metrics.add('Cpu', 61 * 60, 5000, { dimensions: { Host: 'a' } })
    // 11:01 to 12:00:30 is in two hours of the clock; what lies before is not in it.
    const number = { metrics: [['App', 'Cpu', 'Host', 'a', { id: 'm1' }]], view: 'singleValue', setPeriodToTimeRange: true, start: '2026-03-04T11:01:00Z' }
    expect(await image(memory, { ...number, stat: 'Sum' })).toContain('>199</text>')
    expect(await image(memory, { ...number, stat: 'Average' })).toContain('>39.8</text>')
    expect(await image(memory, { ...number, stat: 'Minimum' })).toContain('>10</text>')
    expect(await image(memory, { ...number, stat: 'p50' })).toContain('>30</text>')
    const rate = { metrics: [['App', 'Cpu', 'Host', 'a', { id: 'm1', visible: false }], [{ expression: 'm1 / PERIOD(m1)' }]], stat: 'Sum', end: '2026-03-04T11:51:00Z' }
    // 100 within 3000 seconds.
    expect(await image(memory, { ...number, ...rate })).toContain('>0.0333</text>')
  })

  test('without data it says so', async () => {
    expect(await image(new InMemoryCloudWatch(), CPU)).toContain('No data available')
  })

  test('image/png answers the bytes themselves', async () => {
    const raw = await withData().run('GetMetricWidgetImage', { MetricWidget: JSON.stringify(CPU), OutputFormat: 'image/png' })
    expect(raw).toBeInstanceOf(RawReply)
    expect(raw).toMatchObject({ contentType: 'image/png' })
  })

  test('what cannot be drawn now is the server\'s fault', async () => {
    expect(await refusal({ ...CPU, title: 'too much' })).toBe('InternalServiceError: The image could not be drawn. Try again later, or with less in it.')
  })
})

test.each<[string, unknown, string]>([
  ['no JSON', '{', 'The field MetricWidget must be a valid JSON object'],
  ['no object', '[]', 'The field MetricWidget must be a valid JSON object'],
  ['more than 100 KB', `{"title":"${'x'.repeat(102_400)}"}`, 'The field MetricWidget must not be larger than 100 KB'],
  ['no metrics', {}, 'The metric widget is invalid: [{"dataPath":"","message":"Should have required property \'metrics\'"}]'],
  ['too wide', { ...CPU, width: 2001 }, 'The metric widget is invalid: [{"dataPath":"/width","message":"Should be an integer from 1 to 2000"}]'],
  ['too flat', { ...CPU, height: 0 }, 'The metric widget is invalid: [{"dataPath":"/height","message":"Should be an integer from 1 to 2000"}]'],
  ['a theme nobody knows', { ...CPU, theme: 'pink' }, 'The metric widget is invalid: [{"dataPath":"/theme","message":"Should be equal to one of the allowed values"}]'],
  ['a table', { ...CPU, view: 'table' }, 'The metric widget is invalid: [{"dataPath":"/view","message":"Should be equal to one of the allowed values"}]'],
  ['a gauge without ends', { ...CPU, view: 'gauge' }, 'The metric widget is invalid: [{"dataPath":"/yAxis/left","message":"Should have required properties \'min\' and \'max\'"}]'],
  ['another region', { ...CPU, region: 'us-east-1' }, 'The metric widget is invalid: [{"dataPath":"/region","message":"Should be the Region of the request, eu-west-1"}]'],
  ['a range that ends before it starts', { ...CPU, start: '2026-03-04T11:00:00Z', end: '2026-03-04T10:00:00Z' }, 'The metric widget is invalid: the end must come after the start'],
  [
    'an alarm that is not there', { annotations: { alarms: ['arn:aws:cloudwatch:eu-west-1:123456789012:alarm:none'] } },
    'The metric widget is invalid: [{"dataPath":"/annotations/alarms/0","message":"Should be the ARN of an alarm"}]',
  ],
  [
    'an alarm of somebody else', { annotations: { alarms: ['arn:aws:cloudwatch:eu-west-1:999999999999:alarm:busy'] } },
    'The metric widget is invalid: [{"dataPath":"/annotations/alarms/0","message":"Should be the ARN of an alarm"}]',
  ],
  [
    'more than 100 metrics', { metrics: Array.from({ length: 101 }, (_, index) => ['App', `m${index}`]) },
    'The metric widget is invalid: [{"dataPath":"/metrics","message":"Should NOT have more than 100 items"}]',
  ],
])('%s is refused', async (_name, widget, message) => {
  expect(await refusal(widget)).toBe(`ValidationError: ${message}`)
})

test('the parameters themselves', async () => {
  const memory = new InMemoryCloudWatch()
  expect(await memory.refusal('GetMetricWidgetImage', {})).toBe('MissingParameter: The parameter MetricWidget is required.')
  expect(await memory.refusal('GetMetricWidgetImage', { MetricWidget: '{}', OutputFormat: 'gif' })).toBe(
    'ValidationError: The value gif for parameter OutputFormat is not supported.',
  )
})
