import { afterEach, expect, test } from 'vitest'
import { ManualClock } from '../../base/manual-clock.ts'
import { epochMillis, millis } from '../../base/time.ts'
import { chartOf, seriesOf } from '../../engines/charts/chart.test-support.ts'
import { drawChart } from '../../engines/charts/draw-chart.ts'
import { pixelsOf } from './pixels.test-support.ts'
import { PictureRefused, PngRenderer } from './png-renderer.ts'

const svg = drawChart(chartOf({ title: 'Load', series: [seriesOf('CPU', [1, 5, 3, 4])] }))
const clock = new ManualClock(epochMillis(0))
const started: PngRenderer[] = []
const renderer = (): PngRenderer => {
  const one = new PngRenderer(clock)
  started.push(one)
  return one
}

afterEach(() => started.splice(0).forEach(one => one.stop()))

test('a PNG of the chart\'s size, with its colours and its letters', async () => {
  const pixels = pixelsOf(await renderer().render(svg, 1))
  expect(pixels).toMatchObject({ width: 300, height: 200 })
  expect([...pixels.colors(0, 0, 5, 5)]).toEqual(['#ffffff'])
  expect(pixels.colors(0, 0, 300, 200)).toContain('#1f77b4')
  expect(pixels.colors(8, 8, 40, 14)).toContain('#16191f')
})

test('twice the pixels', async () => {
  expect(pixelsOf(await renderer().render(svg, 2))).toMatchObject({ width: 600, height: 400 })
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
  await expect(one.render('<svg', 1)).rejects.toThrow(PictureRefused)
  await expect(one.render(svg, 1)).resolves.toBeInstanceOf(Uint8Array)
})

test('a picture that takes too long is given up with its process; the next has a new one', async () => {
  const one = renderer()
  const refused = expect(one.render(svg, 1)).rejects.toThrow('took too long')
  await clock.advance(millis(10_000))
  await refused
  expect(one.awake).toBe(false)
  await expect(one.render(svg, 1)).resolves.toBeInstanceOf(Uint8Array)
})

test('the process goes when nobody has wanted a picture for a while', async () => {
  const one = renderer()
  expect(one.awake).toBe(false)
  await one.render(svg, 1)
  await clock.advance(millis(29_999))
  expect(one.awake).toBe(true)
  await clock.advance(millis(1))
  expect(one.awake).toBe(false)
})

test('nothing is drawn any more once it is stopped', async () => {
  const one = renderer()
  const under = one.render(svg, 1)
  one.stop()
  await expect(under).rejects.toThrow(PictureRefused)
  await expect(one.render(svg, 1)).rejects.toThrow(PictureRefused)
})
