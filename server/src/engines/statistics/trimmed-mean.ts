import { inside, parseBounded, type Bounds } from './bounds.ts'
import type { Distribution } from './distribution.ts'
import type { StatisticFamily } from './statistic.ts'

/** Undefined when no sample lies inside. */
export const meanInside = (distribution: Distribution, bounds: Bounds): number | undefined => {
  const { sum, count } = inside(distribution, bounds)
  return count > 0 ? sum / count : undefined
}

export const trimmedMean: StatisticFamily = {
  name: 'trimmed mean',
  usage: 'TM(low:high) | tmNN',
  doc: 'The mean of the samples inside the bounds: percent of the ranked samples, or values above the lower and up to the upper bound.',
  examples: [
    { text: 'tm90', samples: '1 2 3 4 5 6 7 8 9 10', result: 5 },
    { text: 'TM(:90%)', samples: '1 2 3 4 5 6 7 8 9 10', result: 5 },
    { text: 'TM(10%:90%)', samples: '1 2 3 4 5 6 7 8 9 10', result: 5.5 },
    { text: 'TM(150:1000)', samples: '150 151 1000 1001', result: 575.5 },
    { text: 'TM(5:6)', samples: '1 2 3', result: undefined },
    { text: 'TM(25%:75%)', samples: '1 2 3', result: 2 },
  ],
  parse: text => parseBounded('TM', text, { short: true, percent: true }, meanInside),
}
