import { distributionOf } from './distribution.ts'
import { overSamples, type StatisticFamily } from './statistic.ts'
import { meanInside } from './trimmed-mean.ts'

export const interquartileMean: StatisticFamily = {
  name: 'interquartile mean',
  usage: 'IQM',
  doc: 'The mean of the middle half of the samples: TM(25%:75%).',
  examples: [
    { text: 'IQM', samples: '1 2 3 4', result: 2.5 },
    { text: 'IQM', samples: '0 10 20 30 1000', result: 20 },
  ],
  parse(text) {
    if (text.toUpperCase() !== 'IQM') return undefined
    return overSamples(text, bucket => {
      const distribution = distributionOf(bucket)
      return distribution === undefined ? undefined : meanInside(distribution, { kind: 'percent', low: 25, high: 75 })
    })
  },
}
