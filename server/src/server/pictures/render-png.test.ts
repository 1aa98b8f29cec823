import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { chartOf, seriesOf } from '../../engines/charts/chart.test-support.ts'
import { drawChart } from '../../engines/charts/draw-chart.ts'
import { PictureRefused, PngRenderer } from './render-png.ts'

const svg = drawChart(chartOf({ title: 'Load', series: [seriesOf('CPU', [1, 5, 3, 4])] }))
const renderer = () => new PngRenderer(new ManualClock(epochMillis(0)))

const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]
/** The `#rrggbb` of a rectangle's pixels; the file is unfiltered RGB. */
const colorsOf = (png: Buffer, left: number, top: number, width: number, height: number): ReadonlySet<string> => {
  const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)))
  const at = (x: number, y: number) => y * (1 + sizeOf(png)[0]! * 3) + 1 + x * 3
  const places = Array.from({ length: width * height }, (_, index) => at(left + (index % width), top + Math.floor(index / width)))
  return new Set(places.map(place => `#${rows.subarray(place, place + 3).toString('hex')}`))
}

test('a PNG of the chart\'s size, with its colours and its letters', async () => {
  const png = await renderer().render(svg, 1)
  expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  expect(sizeOf(png)).toEqual([300, 200])
  expect([...colorsOf(png, 0, 0, 5, 5)]).toEqual(['#ffffff'])
  expect(colorsOf(png, 0, 0, 300, 200)).toContain('#1f77b4')
  expect(colorsOf(png, 8, 8, 40, 14)).toContain('#16191f')
})

test('twice the pixels', async () => {
  expect(sizeOf(await renderer().render(svg, 2))).toEqual([600, 400])
})

test('too much markup, and too many at once, are refused; all others are drawn', async () => {
  const one = renderer()
  await expect(one.render('x'.repeat(17 * 1024 * 1024), 1)).rejects.toThrow(PictureRefused)
  const tiny = drawChart(chartOf({ width: 20, height: 20 }))
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => one.render(tiny, 1)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(33)
  expect(one.busy).toBe(0)
})

test('what cannot be drawn makes way for the next', async () => {
  const one = renderer()
  await expect(one.render('<svg', 1)).rejects.toThrow()
  await expect(one.render(svg, 1)).resolves.toBeInstanceOf(Buffer)
})

test('a picture that takes too long is given up', async () => {
  const clock = new ManualClock(epochMillis(0))
  const drawn = new PngRenderer(clock).render(svg, 1)
  const refused = expect(drawn).rejects.toThrow('took too long')
  await clock.advance(millis(10_000))
  await refused
})
