import type { PointBlock } from '../../server/src/store/metrics/point-block.ts'

export const EVERY_SECONDS = 15
const DAY_SECONDS = 86_400

/**
 * Two-decimal gauges every 15 seconds; `ids` ascending. Each series has a level of its own, a daily wave, and eleven bits of noise: ± 10
 * around it in hundredths. Values of one minute stay in the order in which they were taken: the product gets them in four blocks.
 */
export const gauges = (ids: BigUint64Array, start: number, length: number, resolution: 1 | 60): PointBlock => {
  const perSeries = length / EVERY_SECONDS
  const rows = ids.length * perSeries
  const block = { length: rows, series: new BigUint64Array(rows), seconds: new Uint32Array(rows), value: new Float64Array(rows), count: new Float64Array(rows).fill(1) }
  for (const [place, id] of ids.entries()) {
    const level = 20 + ((place * 7919) % 60)
    for (let point = 0; point < perSeries; point++) {
      const row = place * perSeries + point
      const at = start + point * EVERY_SECONDS
      const wave = 5 * Math.sin((at / DAY_SECONDS) * 2 * Math.PI)
      block.series[row] = id
      block.seconds[row] = Math.floor(at / resolution) * resolution
      block.value[row] = Math.round((level + wave + (Math.random() - 0.5) * 20) * 100) / 100
    }
  }
  return block
}
