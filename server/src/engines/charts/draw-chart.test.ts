import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import type { Chart, ChartSeries, HorizontalAnnotation, VerticalAnnotation } from './chart.ts'
import { NOON, chartOf, seriesOf } from './chart.test-support.ts'
import { drawChart } from './draw-chart.ts'
import { textWidth } from './text-width.ts'

interface Drawn {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly clipped: boolean
}

/** Every element of the picture; throws where it is no XML. */
const elementsOf = (svg: string): readonly Drawn[] => {
  const parser = new SaxesParser()
  const found: { name: string; attributes: Record<string, string>; text: string; clipped: boolean }[] = []
  const open: (typeof found)[number][] = []
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const one = { name, attributes: { ...attributes }, text: '', clipped: open.some(({ attributes: { 'clip-path': clip } }) => clip !== undefined) }
    found.push(one)
    open.push(one)
  })
  parser.on('text', text => {
    if (open.length > 0) open.at(-1)!.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(svg).close()
  return found
}

const texts = (chart: Chart): readonly string[] => elementsOf(drawChart(chart)).filter(({ name }) => name === 'text').map(({ text }) => text)

describe('golden', () => {
  const cpu = seriesOf('CPU', [40, 42, 55, null, null, 61, null, 70, 78, 90, 88, 87, 86])
  const threshold: HorizontalAnnotation = { value: 75, label: 'CPU > 75', color: '#d13212', axis: 'left', fill: 'above', to: undefined }

  test.each<[string, Chart]>([
    ['lines', chartOf({ title: 'Load', series: [cpu], horizontal: [threshold] })],
    ['areas', chartOf({ stacked: true, legend: 'right', theme: 'dark', series: [seriesOf('a', [1, 2, 3, 2]), seriesOf('b', [2, 2, null, 2])] })],
    ['single-value', chartOf({ view: 'singleValue', width: 160, height: 100, series: [cpu], sparkline: true })],
    ['gauge', chartOf({ view: 'gauge', series: [cpu], horizontal: [threshold], axes: { left: { label: undefined, min: 0, max: 100, unit: undefined }, right: chartOf().axes.right } })],
    ['bar', chartOf({ view: 'bar', series: [cpu, seriesOf('Memory', [1_234_567])] })],
    ['pie', chartOf({ view: 'pie', series: [seriesOf('yes', [3]), seriesOf('no', [1])] })],
    ['band', chartOf({ series: [seriesOf('expected', [30, 32, 35, null, 40, 41, 42], { upper: [50, 52, 55, 60, 61, 62], color: '#95a5a6' }), cpu] })],
    ['no-data', chartOf({ series: [seriesOf('CPU', [])] })],
  ])('%s', async (name, chart) => {
    await expect(drawChart(chart).replaceAll('><', '>\n<')).toMatchFileSnapshot(`./golden/${name}.svg`)
  })
})

test('texts cannot become markup', () => {
  const hostile = '"/><script>alert(1)</script>&amp;\u0000\ud800\u202e<![CDATA['
  const series = [seriesOf(hostile, [1, 2], { color: '"/><g' })]
  const mark = { label: hostile, color: hostile, to: undefined }
  for (const view of ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie'] as const) {
    const elements = elementsOf(drawChart(chartOf({
      view, series, title: hostile, width: 900, height: 600,
      horizontal: [{ ...mark, value: 1, axis: 'left', fill: 'none' }],
      vertical: [{ ...mark, at: NOON - 60, fill: 'none' }],
      axes: { left: { label: hostile, min: 0, max: 3, unit: hostile }, right: chartOf().axes.right },
    })))
    expect(elements.map(({ name }) => name)).not.toContain('script')
    expect(elements.some(({ text }) => text.includes('<script>alert(1)</script>'))).toBe(true)
  }
})

test('points without neighbours are dots, and lines break where data are missing', () => {
  const drawn = elementsOf(drawChart(chartOf({ series: [seriesOf('x', [1, 2, null, 3, null, 4, 5])] })))
  expect(drawn.filter(({ name }) => name === 'circle')).toHaveLength(1)
  const [line] = drawn.filter(({ name, clipped }) => name === 'path' && clipped)
  expect(line!.attributes['d']!.match(/M/g)).toHaveLength(2)
})

test.each<[string, Partial<Chart>]>([
  ['a line', {}], ['an area', { stacked: true }], ['a sparkline', { view: 'singleValue', sparkline: true }],
])('%s of a single point is to be seen, also in a small picture', (_name, change) => {
  const dots = (values: readonly number[]) =>
    elementsOf(drawChart(chartOf({ width: 200, height: 100, series: [seriesOf('x', values)], ...change }))).filter(({ name }) => name === 'circle')
  expect(dots([])).toEqual([])
  const [{ attributes: { cx, cy, r } }] = dots([5]) as [Drawn]
  expect(Number(cx) - Number(r)).toBeGreaterThanOrEqual(0)
  expect(Number(cy) - Number(r)).toBeGreaterThanOrEqual(0)
  expect(Number(cy) + Number(r)).toBeLessThanOrEqual(100)
})

test('a sparkline fills its width with the data there is', () => {
  const recent = chartOf({ view: 'singleValue', width: 200, height: 100, sparkline: true, start: NOON - 10 * 3600, series: [seriesOf('x', [1, 2, 3])] })
  const [, line] = elementsOf(drawChart(recent)).filter(({ name }) => name === 'path')
  const places = [...line!.attributes['d']!.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x))
  expect(places.at(0)! + places.at(-1)!).toBeCloseTo(200)
  expect(places.at(-1)! - places.at(0)!).toBeGreaterThan(150)
})

test('hidden series take no room, and leave the others their colours', () => {
  const colors = (visible: boolean) =>
    elementsOf(drawChart(chartOf({ series: [seriesOf('a', [1, 2], { visible }), seriesOf('b', [1, 2])] })))
      .filter(({ name, clipped }) => name === 'path' && clipped)
      .map(({ attributes }) => attributes['stroke'])
  expect(colors(true)).toEqual(['#1f77b4', '#e87510'])
  expect(colors(false)).toEqual(['#e87510'])
})

test('what finds no place in the legend is counted', () => {
  const series = Array.from({ length: 60 }, (_, index) => seriesOf(`a series with a long name, number ${index}`, [index, index]))
  for (const legend of ['bottom', 'right'] as const) {
    const said = texts(chartOf({ series, legend, width: 600, height: 400 }))
    const shown = said.filter(text => text.startsWith('a series')).length
    expect(said).toContain(`+${60 - shown} more`)
  }
})

test.each<[readonly (number | null)[], readonly string[]]>([
  [[40, 42, 55], ['55', 'CPU', '+37.5%']], [[40, null, 30], ['30', 'CPU', '-25%']], [[-4, -3], ['-3', 'CPU', '+25%']], [[0, 7], ['7', 'CPU', '+7']], [[5, 5], ['5', 'CPU', '0%']],
  [[5], ['5', 'CPU']], [[], ['--', 'CPU']],
])('the trend of %j', (values, said) => {
  expect(texts(chartOf({ view: 'singleValue', trend: true, series: [seriesOf('CPU', values)] })).toSorted()).toEqual(said.toSorted())
})

test('values beside bars and slices are there unless they are not wanted', () => {
  const of = (view: 'bar' | 'pie', valueLabels: boolean) => texts(chartOf({ view, valueLabels, series: [seriesOf('yes', [31]), seriesOf('no', [11])] }))
  for (const number of ['31', '11']) {
    expect(of('bar', true)).toContain(number)
    expect(of('bar', false)).not.toContain(number)
  }
  expect(of('pie', true)).toContain('31 (73.8%) yes')
  expect(of('pie', false)).toContain('yes')
})

test('times are those of the time zone', () => {
  expect(texts(chartOf({ series: [seriesOf('x', [1, 2])], timezone: 330 }))).toEqual(expect.arrayContaining(['16:30', '17:00', '17:30']))
})

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.constantFrom(0, -0, 1e-300, 5e-324, 1e300, -1e308, 1.7e308, Number.NaN, Infinity, -Infinity),
)
const label = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 300 }), fc.constantFrom('CPU', 'a'.repeat(5000)))
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
const side = fc.constantFrom('left' as const, 'right' as const)
const time = fc.integer({ min: NOON - 5000, max: NOON + 1000 })

const series: fc.Arbitrary<ChartSeries> = fc.record({
  label,
  color: maybe(fc.constantFrom('#ff0000', 'red', '"')),
  axis: side,
  visible: fc.boolean(),
  points: fc.uniqueArray(fc.tuple(time, number, number), { selector: ([at]) => at, maxLength: 40 }),
  banded: fc.boolean(),
  period: fc.constantFrom(1, 60, 300),
}).map(({ points, banded, ...rest }) => {
  const sorted = points.sort(([a], [b]) => a - b)
  return { ...rest, timestamps: sorted.map(([at]) => at), values: sorted.map(([, value]) => value), ...(banded ? { upper: sorted.map(([, , upper]) => upper) } : {}) }
})
const horizontal: fc.Arbitrary<HorizontalAnnotation> = fc.record({
  value: number, label: maybe(label), color: maybe(fc.constant('#00ff00')), axis: side,
  fill: fc.constantFrom('above', 'below', 'none'), to: maybe(fc.record({ value: number, label: maybe(label) })),
})
const vertical: fc.Arbitrary<VerticalAnnotation> = fc.record({
  at: time, label: maybe(label), color: maybe(fc.constant('#00ff00')),
  fill: fc.constantFrom('before', 'after', 'none'), to: maybe(fc.record({ at: time, label: maybe(label) })),
})
const axis = fc.record({ label: maybe(label), min: maybe(number), max: maybe(number), unit: maybe(fc.constantFrom('Percent', 'Bytes')) })
const chart: fc.Arbitrary<Chart> = fc.record({
  view: fc.constantFrom('timeSeries', 'singleValue', 'gauge', 'bar', 'pie'),
  width: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 150 })),
  height: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 150 })),
  theme: fc.constantFrom('light', 'dark'),
  title: maybe(label),
  start: fc.constantFrom(NOON - 3600, NOON - 600, NOON - 60),
  end: fc.constantFrom(NOON, NOON + 86_400, NOON - 59),
  timezone: fc.constantFrom(0, 330, -720),
  stacked: fc.boolean(),
  series: fc.array(series, { maxLength: 12 }),
  horizontal: fc.array(horizontal, { maxLength: 4 }),
  vertical: fc.array(vertical, { maxLength: 4 }),
  axes: fc.record({ left: axis, right: axis }),
  legend: fc.constantFrom('right', 'bottom', 'hidden'),
  sparkline: fc.boolean(),
  fullPrecision: fc.boolean(),
  trend: fc.boolean(),
  valueLabels: fc.boolean(),
})

/** Nothing but what the plot's frame cuts off leaves the picture; rounding may take a tenth of a pixel. */
const outside = ({ name, attributes: a, text, clipped }: Drawn, { width, height }: Chart): boolean => {
  if (clipped) return false
  const within = (left: number, top: number, right: number, bottom: number) =>
    left >= -1.1 && top >= -1.1 && right <= width + 1.1 && bottom <= height + 1.1
  const [x, y] = [Number(a['x'] ?? 0), Number(a['y'] ?? 0)]
  if (name === 'rect') return !within(x, y, x + Number(a['width']), y + Number(a['height']))
  if (name === 'line') return !within(Number(a['x1']), Number(a['y1']), Number(a['x2']), Number(a['y2']))
  if (name === 'text') {
    const size = Number(a['font-size'])
    const wide = textWidth(text, size, a['font-weight'] === 'bold')
    const left = a['text-anchor'] === 'middle' ? x - wide / 2 : a['text-anchor'] === 'end' ? x - wide : x
    return !within(left, y - size * 0.8, left + wide, y + size * 0.25)
  }
  return false
}

test('whatever is to be drawn: XML, finite, inside the picture', () => {
  fc.assert(
    fc.property(chart, drawn => {
      const elements = elementsOf(drawChart(drawn))
      for (const { attributes } of elements) expect(Object.values(attributes).join(' ')).not.toMatch(/NaN|Infinity|undefined|\de[+-]?\d/)
      expect(elements.filter(one => outside(one, drawn))).toEqual([])
    }),
    { numRuns: 400 },
  )
})
