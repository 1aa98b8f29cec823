import { distributionOf, percentileOf } from './distribution.ts'
import { overSamples, refused, type StatisticFamily } from './statistic.ts'

const PATTERN = /^p(\d{1,3}(?:\.\d{1,10})?)$/

export const percentile: StatisticFamily = {
  name: 'percentile',
  usage: 'pNN.NN',
  doc: 'The value that NN percent of the samples stay at or below; 0 to 100, with up to 10 decimals. p50 is the median.',
  examples: [
    { text: 'p50', samples: '1 2', result: 1.5 },
    { text: 'p0', samples: '3 1 2', result: 1 },
    { text: 'p100', samples: '3 1 2', result: 3 },
    { text: 'p50', samples: '1×3 5', result: 1 },
    { text: 'p90', samples: '1 2 3 4 5 6 7 8 9 10', result: 9.1 },
    { text: 'p95.0123456789', samples: '7 7 7', result: 7 },
    { text: 'p99', samples: '-1 5', result: undefined },
    { text: 'p50', samples: '4×0.5', result: 4 },
  ],
  parse(text) {
    // No other family begins with a small p and a digit; PR does not either.
    if (!/^p[^rR]/.test(text) && text !== 'p') return undefined
    const match = PATTERN.exec(text)
    if (match === null) return refused('a percentile is p and a number with up to 10 decimals')
    const percent = Number(match[1])
    if (percent > 100) return refused('a percentile lies between 0 and 100')
    const compute = (bucket: Parameters<typeof distributionOf>[0]): number | undefined => {
      const distribution = distributionOf(bucket)
      return distribution === undefined ? undefined : percentileOf(distribution, percent)
    }
    return overSamples(text, compute, percent)
  },
}
