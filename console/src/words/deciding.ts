/** Which rule decided, as a heading: the explanation says the rest in a sentence. */
const NAMES: Readonly<Record<string, string>> = {
  'newest-datapoints': 'The newest datapoints',
  'missing-data-treatment': 'How missing data counts',
  'enough-breaching': 'Enough breaching datapoints',
  'any-fine': 'A datapoint within the limit',
  'old-enough': 'Old enough to count',
  'premature': 'Too early to say',
  'no-data': 'No data',
  'low-samples': 'Too few samples',
  'contributors': 'The series of the query',
  'rule': 'The rule',
  'warm-up': 'The warm-up',
  'evaluation-error': 'The definition cannot be evaluated',
}

export const decidingName = (decidedBy: string): string => NAMES[decidedBy] ?? decidedBy
