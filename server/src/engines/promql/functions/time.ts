import { Labels } from '../labels.ts'
import type { PromqlFunction } from './promql-function.ts'

/** A part of a time, in UTC, of values that are seconds since the epoch; of the evaluation's own time when nothing is given. */
const part = (name: string, doc: string, result: string, of: (date: Date) => number): PromqlFunction => ({
  name, group: 'time', parameters: [{ name: 'v', type: 'vector', optional: true }], doc, returns: 'vector',
  // 2024-02-29T13:05:00Z, a Thursday.
  examples: [{ query: `${name}(vector(1709211900))`, result: [`{} ${result}`] }],
  call(args) {
    const vector = args.count === 0 ? [{ labels: Labels.of([]), value: args.at / 1000 }] : args.vector(0)
    return vector.map(({ labels, value }) => ({ labels: labels.nameless, value: of(new Date(Math.floor(value) * 1000)) }))
  },
})

const DAY = 86_400_000

export const TIME: readonly PromqlFunction[] = [
  {
    name: 'time',
    group: 'time',
    parameters: [],
    doc: 'The instant of the evaluation, in seconds since the epoch.',
    examples: [{ query: 'time()', at: 2, result: ['120'] }],
    returns: 'scalar',
    call: args => args.at / 1000,
  },
  {
    name: 'timestamp',
    group: 'time',
    parameters: [{ name: 'v', type: 'vector' }],
    doc: 'When each sample was taken, in seconds since the epoch; where it is computed, the instant of the evaluation.',
    examples: [
      { query: 'timestamp(x)', series: { 'x{a="b"}': '7 7 - -' }, result: ['{a="b"} 60'] },
      { query: 'timestamp(-x)', series: { 'x{a="b"}': '7 7 - -' }, result: ['{a="b"} 180'] },
    ],
    returns: 'vector',
    call(args) {
      const times = args.times(0)
      return args.vector(0).map(({ labels }, place) => ({ labels: labels.nameless, value: times[place]! / 1000 }))
    },
  },
  part('minute', 'The minute of the hour, 0 to 59.', '5', date => date.getUTCMinutes()),
  part('hour', 'The hour of the day, 0 to 23.', '13', date => date.getUTCHours()),
  part('day_of_week', 'The day of the week, 0 (Sunday) to 6.', '4', date => date.getUTCDay()),
  part('day_of_month', 'The day of the month, 1 to 31.', '29', date => date.getUTCDate()),
  part('day_of_year', 'The day of the year, 1 to 366.', '60', date => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1),
  part('days_in_month', 'How many days the month has.', '29', date => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()),
  part('month', 'The month of the year, 1 to 12.', '2', date => date.getUTCMonth() + 1),
  part('year', 'The year.', '2024', date => date.getUTCFullYear()),
]
