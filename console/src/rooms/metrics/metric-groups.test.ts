import { expect, test } from 'vitest'
import { dimensionSets, lineName, metricId, metricsAt, namespaces } from './metric-groups.ts'

const metric = (Namespace: string, MetricName: string, dimensions: Record<string, string> = {}) => ({
  Namespace, MetricName, Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
})

const all = [
  metric('CWAgent', 'disk_used_percent', { path: '/', host: 'web-1' }),
  metric('CWAgent', 'disk_used_percent', { host: 'web-2', path: '/' }),
  metric('CWAgent', 'cpu_usage_active', { host: 'web-1' }),
  metric('Shop', 'Orders'),
]

test('namespaces with their counts', () => {
  expect(namespaces(all).map(({ title, count }) => [title, count])).toEqual([['CWAgent', 3], ['Shop', 1]])
})

test('dimension sets are the same in whatever order the dimensions came', () => {
  expect(dimensionSets(all, 'CWAgent').map(({ title, count }) => [title, count])).toEqual([['host', 1], ['host, path', 2]])
  expect(dimensionSets(all, 'Shop').map(({ title }) => title)).toEqual(['No dimensions'])
})

test('an identity does not depend on the order of dimensions', () => {
  expect(metricId(metric('A', 'b', { x: '1', y: '2' }))).toBe(metricId(metric('A', 'b', { y: '2', x: '1' })))
  expect(metricId(metric('A', 'b', { x: '1' }))).not.toBe(metricId(metric('A', 'b', { x: '2' })))
})

test.each([
  [{ namespace: undefined, dimensions: undefined }, '', 4],
  [{ namespace: 'CWAgent', dimensions: 'host, path' }, '', 2],
  [{ namespace: 'CWAgent', dimensions: undefined }, 'WEB-1 cpu', 1],
  [{ namespace: undefined, dimensions: undefined }, 'orders', 1],
  [{ namespace: 'Shop', dimensions: undefined }, 'cpu', 0],
])('metrics at %j with "%s"', (place, text, count) => {
  expect(metricsAt(all, place, text)).toHaveLength(count)
})

test('a line is called by its metric and the values of its dimensions', () => {
  expect(lineName(all[0]!)).toBe('disk_used_percent web-1 /')
})
