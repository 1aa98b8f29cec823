import type { BasicStatistic, StatisticFamily } from './statistic.ts'

const NAMES: readonly string[] = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] satisfies BasicStatistic[]
export const isBasic = (text: string): text is BasicStatistic => NAMES.includes(text)

/** The basic five from a bucket's columns: no object, no allocation; what alarm rounds call ten thousand times. */
export const basicValue = (statistic: BasicStatistic, count: number, sum: number, minimum: number, maximum: number): number => {
  switch (statistic) {
    case 'SampleCount':
      return count
    case 'Sum':
      return sum
    case 'Average':
      return sum / count
    case 'Minimum':
      return minimum
    case 'Maximum':
      return maximum
  }
}

export const basic: StatisticFamily = {
  name: 'basic',
  usage: 'SampleCount | Sum | Average | Minimum | Maximum',
  doc: 'The five statistics that every datapoint has, also one published as a statistic set. Average is Sum / SampleCount.',
  examples: [
    { text: 'Sum', samples: '0 2 7 100', result: 109 },
    { text: 'Minimum', samples: '0 2 7 100', result: 0 },
    { text: 'Maximum', samples: '0 2 7 100', result: 100 },
    { text: 'SampleCount', samples: '0 2 7 100', result: 4 },
    { text: 'Average', samples: '0 2 7 100', result: 27.25 },
    { text: 'SampleCount', samples: '1×3 5', result: 4 },
    { text: 'Sum', samples: '1×3 5', result: 8 },
    { text: 'Average', samples: '1×3 5', result: 2 },
    { text: 'Minimum', samples: '-3 4', result: -3 },
  ],
  parse(text) {
    if (!isBasic(text)) return undefined
    return {
      ok: true,
      statistic: {
        text,
        basic: text,
        percent: undefined,
        samples: false,
        // A statistic set may claim no samples at all; it has no datapoint then.
        compute: bucket => (bucket.count > 0 ? basicValue(text, bucket.count, bucket.sum, bucket.minimum, bucket.maximum) : undefined),
      },
    }
  },
}
