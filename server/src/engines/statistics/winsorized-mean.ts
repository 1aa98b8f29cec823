import { parseBounded, type Bounds } from './bounds.ts'
import { percentileOf, type Distribution } from './distribution.ts'
import type { StatisticFamily } from './statistic.ts'

const clampedMean = (distribution: Distribution, bounds: Bounds): number => {
  const percent = bounds.kind === 'percent'
  const low = percent ? percentileOf(distribution, bounds.low) : bounds.low
  const high = percent ? percentileOf(distribution, bounds.high) : bounds.high
  let sum = 0
  for (let i = 0; i < distribution.values.length; i++) {
    sum += Math.min(Math.max(distribution.values[i]!, low), high) * distribution.weights[i]!
  }
  return sum / distribution.total
}

export const winsorizedMean: StatisticFamily = {
  name: 'winsorized mean',
  usage: 'WM(low:high) | wmNN',
  doc: 'The mean after samples outside the bounds have been replaced by the value at the nearer bound.',
  examples: [
    { text: 'wm90', samples: '1 2 3 4 5 6 7 8 9 10', result: 5.41 },
    { text: 'WM(80%:)', samples: '1 2 3 4 5 6', result: 5.166666666666667 },
    { text: 'WM(2:4)', samples: '1 3 9', result: 3 },
  ],
  parse: text => parseBounded('WM', text, { short: true, percent: true }, clampedMean),
}
