import { inside, parseBounded } from './bounds.ts'
import type { StatisticFamily } from './statistic.ts'

export const trimmedSum: StatisticFamily = {
  name: 'trimmed sum',
  usage: 'TS(low:high) | tsNN',
  doc: 'The sum of the samples inside the bounds: trimmed mean times trimmed count.',
  examples: [
    { text: 'TS(80%:)', samples: '1 2 3 4 5 6 7 8 9 10', result: 19 },
    { text: 'ts50', samples: '1 2 3 4', result: 3 },
    { text: 'TS(2:4)', samples: '2 3×2 4 5', result: 10 },
  ],
  parse: text => parseBounded('TS', text, { short: true, percent: true }, (distribution, bounds) => inside(distribution, bounds).sum),
}
