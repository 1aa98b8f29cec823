import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validateBody, validateMetricWidget } from './validate-body.ts'

/** Errors as `path: message`, warnings with a question mark. */
const said = (body: unknown): readonly string[] => {
  const found = validateBody(typeof body === 'string' ? body : JSON.stringify(body))
  if (found.kind === 'unreadable') return ['unreadable']
  if (found.kind === 'invalid') return found.errors.map(({ dataPath, message }) => `${dataPath}: ${message}`)
  return found.warnings.map(({ dataPath, message }) => `${dataPath}? ${message}`)
}
const metric = (properties: object): object => ({ widgets: [{ type: 'metric', properties: { region: 'us-east-1', ...properties } }] })
const metrics = (...items: unknown[]): object => metric({ metrics: items })
const AT = '/widgets/0/properties'

describe('recorded answers', () => {
  test('a metric widget without anything to draw', () => {
    expect(said(metric({}))).toEqual([
      `${AT}: Should have required property 'metrics'`,
      `${AT}: The metric widget should have specified a region and a data source or an alarm annotation`,
      `${AT}: Should have required property 'annotations'`,
    ])
  })

  test.each<[string, unknown, readonly string[]]>([
    [
      'an item that is no array',
      { expression: 'e' },
      [': Should be array', ': Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element'],
    ],
    ['a number inside', ['A', 'x', 5], ['/2: Invalid metric field type, only "String" type is allowed']],
    ['an object inside', ['A', 'x', {}, 'y'], ['/2: Invalid metric field type, only "String" type is allowed']],
    ['options that are unknown', ['A', 'x', { dimensions: {} }], ['/2: Should NOT have additional properties', ': Should NOT have more than 2 items']],
    [
      'a colour that is none',
      ['A', 'x', 'D', '1', { color: 'red' }],
      ['/4/color: Should match pattern "^#[0-9a-fA-F]{6}$"', ': Should NOT have more than 4 items'],
    ],
    ['a dimension without its value', ['A', 'x', 'D', {}], [': Should NOT have more than 3 items']],
  ])('%s', (_name, item, expected) => {
    expect(said(metrics(item))).toEqual(expected.map(text => `${AT}/metrics/0${text}`))
  })
})

test.each<[string, unknown, readonly string[]]>([
  ['no JSON', '{', ['unreadable']],
  ['no object', '[]', ['unreadable']],
  ['null', 'null', ['unreadable']],
  ['nothing', {}, [": Should have required property 'widgets'"]],
  ['an empty dashboard', { widgets: [] }, []],
  ['widgets that are none', { widgets: 5 }, ['/widgets: Should be array']],
  ['a widget that is none', { widgets: [5] }, ['/widgets/0: Should be object']],
  ['a kind nobody knows', { widgets: [{ type: 'clock', properties: {} }] }, ['/widgets/0/type? Should be equal to one of the allowed values']],
  ['a kind that every object has', { widgets: [{ type: 'constructor', properties: {} }] }, ['/widgets/0/type? Should be equal to one of the allowed values']],
  ['a kind that is no text', { widgets: [{ type: 5, properties: {} }] }, ['/widgets/0/type: Should be string']],
  ['properties that are none', { widgets: [{ type: 'clock', properties: [] }] }, ['/widgets/0/properties: Should be object']],
  ['no properties', { widgets: [{ type: 'text' }] }, ["/widgets/0: Should have required property 'properties'"]],
  [
    'places',
    { widgets: [{ type: 'text', x: 24, width: 0, height: 1.5, properties: { markdown: '' } }] },
    ['/widgets/0/x: Should be <= 23', '/widgets/0/width: Should be >= 1', '/widgets/0/height: Should be integer', '/widgets/0: Should have property y when property x is present'],
  ],
  ['too many widgets', { widgets: Array.from({ length: 501 }, () => 1) }, ['/widgets: Should NOT have more than 500 items']],
  ['a range', { widgets: [], start: '-PT6H', periodOverride: 'inherit' }, []],
  ['an end alone', { widgets: [], end: '2026-01-01T00:00:00Z' }, [': Should have property start when property end is present']],
  ['an end that is open', { widgets: [], start: '2026-01-01', end: null }, []],
  ['no range', { widgets: [], start: 'yesterday', periodOverride: 'never' }, ['/start: Should match format "date-time"', '/periodOverride: Should be equal to one of the allowed values']],
  ['unknown members', { widgets: [], 'a/b~c': 1 }, ['/a~1b~0c? Should NOT have additional properties']],
  ['a metric without a region', { widgets: [{ type: 'metric', properties: { metrics: [['A', 'x']] } }] }, [`${AT}: Should have required property 'region'`]],
  ['an alarm annotation', { widgets: [{ type: 'metric', properties: { annotations: { alarms: ['arn'] } } }] }, []],
  ['two alarm annotations', metric({ annotations: { alarms: ['a', 'b'] } }), [`${AT}/annotations/alarms: Should NOT have more than 1 items`]],
  ['an alarm and metrics', metric({ annotations: { alarms: ['a'] }, metrics: [['A', 'x']] }), [`${AT}/metrics? Is not shown in a widget with an alarm annotation`]],
  ['no metrics yet', metrics(), []],
  ['an empty item', metrics([]), [`${AT}/metrics/0: Should NOT have fewer than 1 items`]],
  ['half a metric', metrics(['A']), [`${AT}/metrics/0: Should NOT have fewer than 2 items`]],
  ['repetitions of any length', metrics(['A', 'x', 'D', '1'], ['...', { yAxis: 'right' }], ['...', 'y', '2']), []],
  ['expressions', metrics([{ expression: 'SUM(METRICS())', id: 'e1', label: 'all' }]), []],
  ['a period', metric({ metrics: [], period: 61 }), [`${AT}/period: Should be multiple of 60`, `${AT}/period: Should match exactly one schema in oneOf`]],
  ['a short period', metric({ metrics: [], period: 45 }),
    [`${AT}/period: Should be >= 60`, `${AT}/period: Should be multiple of 60`, `${AT}/period: Should match exactly one schema in oneOf`]],
  ['an axis upside down', metric({ metrics: [], yAxis: { left: { min: 100, max: 10 } } }), [`${AT}/yAxis/left: Should be <= 10`, `${AT}/yAxis/left: Should be >= 100`]],
  ['short periods', metric({ metrics: [['A', 'x', { period: 10 }]], period: 1 }), []],
  ['a gauge without a scale', metric({ metrics: [], view: 'gauge', yAxis: { left: { min: 0 } } }), [`${AT}/yAxis/left? Should have required property 'max'`]],
  [
    'the documented band',
    metric({ metrics: [], annotations: { horizontal: [[{ label: 'Band top', value: 200, color: '#9467bd', visible: true, yAxis: 'right' }, { value: 95.5, label: 'Band bottom' }]] } }),
    [],
  ],
  [
    'annotations',
    metric({ metrics: [], annotations: { horizontal: [{ value: '5' }, [{ value: 1 }]], vertical: [{ value: 'noon', fill: 'above' }] } }),
    [
      `${AT}/annotations/horizontal/0/value: Should be number`,
      `${AT}/annotations/horizontal/1: Should NOT have fewer than 2 items`,
      `${AT}/annotations/vertical/0/value: Should match format "date-time"`,
      `${AT}/annotations/vertical/0/fill: Should be equal to one of the allowed values`,
    ],
  ],
  [
    'every other kind',
    {
      widgets: [
        { type: 'text', x: 0, y: 0, width: 24, height: 1, properties: { markdown: '# Hi', background: 'transparent' } },
        { type: 'log', properties: { region: 'r', query: "SOURCE 'g' | fields @message", view: 'table' } },
        { type: 'alarm', properties: { alarms: ['arn'], sortBy: 'timestamp', states: ['ALARM'], title: 't' } },
        {
          type: 'explorer',
          properties: {
            metrics: [{ metricName: 'CPUUtilization', resourceType: 'AWS::EC2::Instance', stat: 'Average' }], labels: [{ key: 'Name' }],
            aggregateBy: { key: '*', func: 'AVG' }, splitBy: 'Name', period: 300,
            widgetOptions: { legend: { position: 'bottom' }, rowsPerPage: 8, stacked: false, view: 'bar', widgetsPerRow: 2 },
          },
        },
        { type: 'custom', properties: { endpoint: 'arn', params: { any: [{ thing: 1 }] }, updateOn: { refresh: true, resize: true, timeRange: false } } },
        { type: 'chart', properties: { data: { queries: [] } } },
      ],
    },
    [],
  ],
  [
    'what they need',
    { widgets: ['text', 'log', 'alarm', 'explorer', 'custom'].map(type => ({ type, properties: {} })) },
    [['markdown'], ['query'], ['alarms'], ['metrics', 'labels'], ['endpoint']].flatMap((names, place) =>
      names.map(name => `/widgets/${place}/properties: Should have required property '${name}'`),
    ),
  ],
  [
    'variables',
    { widgets: [], variables: [{ type: 'property', inputType: 'select', id: 'a b', search: 's' }, { type: 'pattern', pattern: 'p', inputType: 'radio', id: 'r', values: [{ value: 1 }], defaultValue: '1' }] },
    [
      '/variables/0/id: Should match pattern "^[0-9A-Za-z_-]+$"',
      "/variables/0: Should have required property 'property'",
      "/variables/0: Should have required property 'populateFrom'",
    ],
  ],
])('%s', (_name, given, expected) => {
  expect(said(given)).toEqual(expected)
})

test.each(['SampleCount', 'Average', 'IQM', 'p90', 'p99.9', 'p100', 'tm90', 'wm98.5', 'TM(10%:90%)', 'TM(150:1000)', 'PR(:300)', 'TC(:90%)', 'Average_E'])('%s is a statistic', stat => {
  expect(said(metric({ metrics: [], stat }))).toEqual([])
})

test.each(['Avg', 'average', '', 'p101', 'p', 'TM(10:90%)', 'Sum ', '__proto__'])('%j is no statistic', stat => {
  expect(said(metric({ metrics: [], stat }))).toEqual([expect.stringMatching(/^\/widgets\/0\/properties\/stat: Should match pattern "\^\(\(SampleCount\|Average\|Sum\|Minimum\|Maximum\|IQM\)\|\(p\|tc\|tm\|ts\|wm\)/)])
})

test('metrics over all widgets are counted', () => {
  const many = { type: 'metric', properties: { region: 'r', metrics: Array.from({ length: 500 }, () => ['A', 'x']) } }
  expect(said({ widgets: Array.from({ length: 5 }, () => many) })).toEqual([])
  expect(said({ widgets: Array.from({ length: 6 }, () => many) })).toEqual(['/widgets: Should NOT have more than 2500 metrics'])
})

test('GetMetricWidgetImage\'s widgets are looked at in the same way', () => {
  expect(validateMetricWidget('{"metrics":[["A","x"]],"region":"r"}')).toMatchObject({ kind: 'valid', warnings: [] })
  expect(validateMetricWidget('{"metrics":5}')).toMatchObject({ kind: 'invalid' })
  expect(validateMetricWidget('')).toEqual({ kind: 'unreadable' })
})

describe('hostile bodies', () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ['a megabyte of wrong metrics', JSON.stringify(metrics(Array.from({ length: 500_000 }, () => 1)))],
    ['a megabyte of unknown members', `{"widgets":[],${Array.from({ length: 80_000 }, (_, n) => `"k${n}":1`).join(',')}}`],
    ['deep nesting', `{"widgets":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['deep free-form properties', `{"widgets":[{"type":"custom","properties":{"endpoint":"x","params":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}}]}`],
    ['one long name', `{"widgets":[],"${'x'.repeat(1_000_000)}":1}`],
    ['__proto__', '{"widgets":[{"type":"__proto__","properties":{"__proto__":1}}],"__proto__":{"widgets":[]}}'],
    ['long durations', JSON.stringify({ widgets: [], start: `-P${'9'.repeat(1_000_000)}D` })],
  ]

  test.each(HOSTILE)('%s', (_name, text) => {
    const found = validateBody(text)
    const listed = found.kind === 'valid' ? found.warnings : found.kind === 'invalid' ? found.errors : []
    expect(JSON.stringify(listed).length).toBeLessThan(100_000)
  })

  test('breaches beyond the listed ones are counted', () => {
    const found = validateBody(HOSTILE[0]![1])
    expect(found).toMatchObject({ kind: 'invalid', errorCount: 500_000 })
  })

  const name = fc.constantFrom('widgets', 'type', 'properties', 'metrics', 'annotations', 'horizontal', 'vertical', 'view', 'yAxis', 'variables', 'id', '__proto__')
  const leaf = fc.oneof(fc.constantFrom('metric', 'text', 'log', 'alarm', 'explorer', 'custom', '.', '...', 'gauge'), fc.string(), fc.double(), fc.boolean(), fc.constant(null))
  const { json } = fc.letrec<{ json: unknown }>(tie => ({
    json: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie('json'), { maxLength: 5 }), fc.dictionary(name, tie('json'), { maxKeys: 6 })),
  }))

  test('anything is answered', () => {
    fc.assert(fc.property(fc.oneof(json.map(value => JSON.stringify({ widgets: [value], variables: [value] })), json.map(value => JSON.stringify(value)), fc.string()), text => {
      validateBody(text)
      validateMetricWidget(text)
    }), { numRuns: 500 })
  })
})
