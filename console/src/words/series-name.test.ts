import { expect, test } from 'vitest'
import { seriesName } from './series-name.ts'

test.each<[Readonly<Record<string, string>>, string]>([
  [{ __name__: 'queue_depth', queue: 'orders', zone: 'a"b' }, 'queue_depth{queue="orders", zone="a\\"b"}'],
  [{ __name__: 'up' }, 'up'],
  [{ Host: 'a' }, '{Host="a"}'],
  [{}, '{}'],
  [{ __name__: 'disk.used', 'Disk Name': 'sda' }, '{"disk.used", "Disk Name"="sda"}'],
])('%j is %s', (labels, name) => expect(seriesName(labels)).toBe(name))
