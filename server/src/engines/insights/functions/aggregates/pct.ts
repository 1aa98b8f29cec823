import { boundNumber, callWith } from '../../../../sql/expression.ts'
import { asNumber, numberValue, type Value } from '../../values.ts'
import type { BindContext, InsightsAggregate } from '../insights-function.ts'

const MILLISECONDS = ['{"ms":80}', '{"ms":120}', '{"ms":900}', '{"ms":1500}']

export const pct: InsightsAggregate = {
  aggregate: true,
  name: 'pct',
  aliases: ['percentile'],
  parameters: [
    { name: 'field', takes: 'number' },
    { name: 'percent', takes: 'number', constant: true },
  ],
  text: 'Below which number so many percent of the field’s numbers lie; between two of them, it is interpolated.',
  examples: [
    { expression: 'pct(ms, 50)', events: MILLISECONDS, result: '510' },
    { expression: 'pct(ms, 100)', events: MILLISECONDS, result: '1500' },
    { expression: 'pct(missing, 99)', result: null },
  ],
  bind: ([field, percent], context) => quantile(field!, percentOf(percent!, context) / 100),
}

export const median: InsightsAggregate = {
  aggregate: true,
  name: 'median',
  parameters: [{ name: 'field', takes: 'number' }],
  text: 'The number in the middle of the field’s numbers, as `pct(field, 50)`.',
  examples: [{ expression: 'median(ms)', events: MILLISECONDS, result: '510' }],
  bind: ([field]) => quantile(field!, 0.5),
}

const percentOf = ({ constant: percent }: Value, context: BindContext): number =>
  typeof percent === 'number' && percent >= 0 && percent <= 100 ? percent : context.refuse('pct takes a percentage from 0 to 100')

/** Exact: it keeps all numbers of a group, 8 bytes each. */
const quantile = (field: Value, level: number): Value => numberValue(callWith('quantileExactInclusive', [boundNumber(level)], asNumber(field)))
