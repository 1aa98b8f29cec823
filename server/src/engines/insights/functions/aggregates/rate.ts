import { boundNumber, call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import type { Period, PeriodUnit } from '../../period.ts'
import { asNumber, finite, numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

/** Seconds; of months and longer ones on the average of 400 years. */
const SECONDS: Readonly<Record<PeriodUnit, number>> = {
  ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, mo: 2_629_746, q: 7_889_238, y: 31_556_952,
}

/** Far more than anybody writes; keeps the product a number. */
const MOST_PERIODS = 1e9

export const rate: InsightsAggregate = {
  aggregate: true,
  name: 'rate',
  parameters: [
    { name: 'field', takes: 'number' },
    { name: 'interval', takes: 'period' },
  ],
  text: 'How much the field’s number changes in an interval: from the earliest to the latest event that has one, for the time that lies between them. None if they are of one instant.',
  examples: [
    { expression: 'rate(bytes, 1m)', events: ['{"bytes":100}', '{"bytes":110}', '{}', '{"bytes":130}'], result: '600' },
    { expression: 'rate(bytes, 1s)', events: ['{"bytes":100}'], result: null },
  ],
  bind: ([field, interval], context) => {
    const number = asNumber(field!)
    const time = context.timestamp().sql
    const width = boundNumber(1000 * secondsOf(interval!.period!))
    const timed = choose([[call('isNotNull', number), time]], NULL)
    const change = call('minus', call('argMax', number, time), call('argMin', number, time))
    return numberValue(once(call('minus', call('max', timed), call('min', timed)), millis =>
      choose([[call('greater', millis, constant(0)), finite(call('multiply', call('divide', change, millis), width))]], NULL)))
  },
}

const secondsOf = ({ count, unit }: Period): number => Math.min(count, MOST_PERIODS) * SECONDS[unit]
