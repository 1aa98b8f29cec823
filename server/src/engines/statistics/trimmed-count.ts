import { inside, parseBounded } from './bounds.ts'
import type { StatisticFamily } from './statistic.ts'

export const trimmedCount: StatisticFamily = {
  name: 'trimmed count',
  usage: 'TC(low:high) | tcNN',
  doc: 'How many samples lie inside the bounds; with percent bounds it may be a fraction.',
  examples: [
    { text: 'TC(0.005:0.030)', samples: '0.005 0.01 0.030 0.031', result: 2 },
    { text: 'TC(80:500)', samples: '80 81 500 501', result: 2 },
    { text: 'TC(80:)', samples: '80 81', result: 1 },
    { text: 'TC(5:6)', samples: '1 2 3', result: 0 },
    { text: 'tc90', samples: '1 2 3 4 5', result: 4.5 },
  ],
  parse: text => parseBounded('TC', text, { short: true, percent: true }, (distribution, bounds) => inside(distribution, bounds).count),
}
