import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { defaultLabels, searchLabels } from './default-labels.ts'
import { parseQueries, type StoredQuery } from './queries.ts'

/** `name{Dimension=value} Stat period unit namespace` */
const query = (notation: string, index: number): MetricDataQuery => {
  const [metric = '', Stat = 'Sum', Period = '60', Unit, Namespace = 'App'] = notation.split(' ')
  const [, MetricName = '', written = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(metric) ?? []
  const Dimensions = written.split(',').filter(text => text !== '').map(text => ({ Name: text.split('=')[0], Value: text.split('=')[1] }))
  return { Id: `q${index}`, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: Number(Period), Stat,
    ...(Unit === undefined ? {} : { Unit }) } } as MetricDataQuery
}

test.each<[string, readonly string[], readonly string[]]>([
  ['one query', ['metric1'], ['metric1']],
  ['statistics', ['metric1 Sum 60', 'metric1 Minimum 60'], ['metric1 Sum', 'metric1 Minimum']],
  ['periods', ['metric1 Sum 60', 'metric1 Sum 30'], ['metric1 60', 'metric1 30']],
  ['both', ['metric1 Sum 60', 'metric1 Minimum 30'], ['metric1 Sum 60', 'metric1 Minimum 30']],
  ['units alone', ['metric1 Sum 60 Seconds', 'metric1 Sum 60 Milliseconds'], ['metric1', 'metric1']],
  ['names', ['cpu', 'disk'], ['cpu', 'disk']],
  ['dimension values', ['cpu{Host=a,Core=0}', 'cpu{Host=b,Core=0}'], ['cpu a', 'cpu b']],
  ['dimensions that one lacks', ['cpu{Host=a}', 'cpu'], ['cpu a', 'cpu']],
  ['dimensions and statistics', ['cpu{Host=a} Sum', 'cpu{Host=b} Average'], ['cpu a Sum', 'cpu b Average']],
  ['namespaces', ['cpu Sum 60 None One', 'cpu Sum 60 None Two'], ['One cpu', 'Two cpu']],
])('%s', (_name, queries, labels) => {
  expect(defaultLabels(parseQueries(queries.map(query)) as readonly StoredQuery[])).toEqual(labels)
})

test.each<[string, readonly string[], readonly string[]]>([
  ['one series', ['cpu{Host=a}'], ['cpu']],
  ['dimension values', ['cpu{Host=a,Core=0}', 'cpu{Host=b,Core=0}'], ['a', 'b']],
  ['two statistics of each', ['cpu{Host=a} Sum', 'cpu{Host=b} Sum', 'cpu{Host=a} Average'], ['a Sum', 'b Sum', 'a Average']],
  ['names', ['cpu{Host=a}', 'disk{Host=a}'], ['cpu', 'disk']],
  ['names and dimension values', ['cpu{Host=a}', 'disk{Host=b}'], ['cpu a', 'disk b']],
  ['one without the dimension', ['cpu{Host=a}', 'cpu'], ['a', 'cpu']],
])('found: %s', (_name, queries, labels) => {
  expect(searchLabels(parseQueries(queries.map(query)) as readonly StoredQuery[])).toEqual(labels)
})
