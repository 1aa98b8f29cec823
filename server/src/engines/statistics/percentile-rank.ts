import { inside, parseBounded } from './bounds.ts'
import type { StatisticFamily } from './statistic.ts'

export const percentileRank: StatisticFamily = {
  name: 'percentile rank',
  usage: 'PR(low:high)',
  doc: 'The percentage of samples above the lower and up to the upper value.',
  examples: [
    { text: 'PR(:300)', samples: '100 300 301 400', result: 50 },
    { text: 'PR(100:2000)', samples: '100 101 2000 2001', result: 50 },
    { text: 'PR(100:)', samples: '100 101', result: 50 },
    { text: 'PR(:0)', samples: '0×3 1', result: 75 },
    { text: 'PR(5:6)', samples: '1', result: 0 },
  ],
  parse: text =>
    parseBounded('PR', text, { short: false, percent: false }, (distribution, bounds) => (100 * inside(distribution, bounds).count) / distribution.total),
}
