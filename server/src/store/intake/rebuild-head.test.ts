import { describe, expect, test } from 'vitest'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, type EpochSeconds } from '../../base/time.ts'
import { Head } from '../head/head.ts'
import { SeriesIndex } from '../head/series-index.ts'
import type { RecentRows } from '../metrics/recent-rows.ts'
import { rebuildHead } from './rebuild-head.ts'

const tenant = { account: accountId('111122223333'), region: region('eu-west-1') }
const NOW = Date.UTC(2026, 10, 21, 9, 30, 20) / 1000
const MINUTE = NOW - 20

/** A store with `perMinute` equal rows in each minute of the last three hours. */
const rebuilt = async (perMinute: number) => {
  const index = new SeriesIndex()
  const id = index.id(index.number(tenant, { namespace: 'App', name: 'm', dimensions: [] }, 'None'))
  const asked: number[] = []
  const tables = {
    loadSeries: () => Promise.resolve([]),
    countRecent: (since: EpochSeconds) => Promise.resolve((Math.floor((MINUTE - since) / 60) + 1) * perMinute),
    async *recent(since: EpochSeconds): AsyncGenerator<RecentRows> {
      await Promise.resolve()
      asked.push(since)
      for (let minute = Math.ceil(since / 60) * 60; minute <= MINUTE; minute += 60) {
        const block = {
          length: perMinute,
          series: new BigUint64Array(perMinute).fill(id),
          seconds: new Uint32Array(perMinute).fill(minute),
          value: new Float64Array(perMinute),
          count: new Float64Array(perMinute).fill(1),
        }
        yield { kind: 'points', resolution: 60, block }
      }
    },
  }
  const head = new Head(index, epochMillis(NOW * 1000))
  await rebuildHead(tables, index, head, epochMillis(NOW * 1000))
  const whole = head.buckets(0, head.from, (MINUTE + 60) as EpochSeconds, 60 as never, 0 as EpochSeconds, false)
  return { head, asked, whole }
}

describe('filling the head at start', () => {
  test('reaches three hours back after ordinary traffic', async () => {
    const { head, whole } = await rebuilt(2)
    expect(head.from).toBe(MINUTE - 3 * 3600)
    expect(whole).toHaveLength(181)
    expect(whole[0]).toMatchObject({ count: 2 })
  })

  test('reaches less far after heavy traffic, and is complete from there on', async () => {
    const { head, whole } = await rebuilt(100_000)
    const minutes = (MINUTE + 60 - head.from) / 60
    expect(minutes).toBeGreaterThan(3)
    expect(minutes).toBeLessThan(30)
    expect(whole).toHaveLength(minutes)
  })

  test('begins empty, with the next minute, after a flood; and does not read it all to find out', async () => {
    const { head, asked } = await rebuilt(3_000_000)
    expect(head.from).toBe(MINUTE + 60)
    expect(head.bytes).toBe(0)
    expect(asked).toEqual([MINUTE + 60])
  })
})
