import type { Run } from '../run.ts'
import { made, type ScalarTerm, type SeriesTerm, type Term } from '../term.ts'
import type { MathFunction } from './math-function.ts'

const condition = '1 1 0 0 -'
const one = '30 - 0 0 30'
const other = '0 0 20 - 20'

export const conditional: MathFunction = {
  name: 'IF',
  group: 'conditions',
  parameters: [
    { name: 'condition', takes: ['scalar', 'series'] },
    { name: 'then', takes: ['scalar', 'series'] },
    { name: 'else', takes: ['scalar', 'series'], optional: true },
  ],
  yields: 'TS, S or TS [, S or TS] → TS, S, TS [, TS] → TS',
  doc: 'Chooses at every instant: `then` where the condition is not 0, `else` (or no datapoint) where it is 0, no datapoint where the condition has none. Where the chosen one is a series without a datapoint there is 0, but none if `then` is a number. A condition that is a number chooses a whole series.',
  examples: [
    { expression: 'IF(m1, m2, m3)', metrics: { m1: condition, m2: one, m3: other }, result: '30 0 20 0 -' },
    { expression: 'IF(m1, 5, m3)', metrics: { m1: condition, m3: other }, result: '5 5 20 - -' },
    { expression: 'IF(m1, m2, 5)', metrics: { m1: condition, m2: one }, result: '30 0 5 5 -' },
    { expression: 'IF(m1 < 400, m1)', metrics: { m1: '399 400 - 0' }, result: '399 - - 0' },
    { expression: 'IF(m1 < 400, 10, 2)', metrics: { m1: '399 400 - -1' }, result: '10 2 - 10' },
    { expression: 'IF(m1, 1)', metrics: { m1: '-3 0 -' }, result: '1 - -' },
    { expression: 'IF(MAX(m1) > 3, m1, m2)', metrics: { m1: '1 - 4', m2: '2 2 2' }, result: '1 - 4' },
    { expression: 'IF(MAX(m1) > 5, m1, m2)', metrics: { m1: '1 - 4', m2: '2 2 2' }, result: '2 2 2' },
    { expression: 'IF(MAX(m1) > 5, m1)', metrics: { m1: '1 - 4' }, result: '- - -' },
  ],
  bind: call => {
    const test = call.scalarOrSeries(0)
    const then = call.scalarOrSeries(1)
    const otherwise = call.count > 2 ? call.scalarOrSeries(2) : undefined
    if (test.shape === 'series') return bySlot(call.source, test, then, otherwise)
    if (then.shape === 'scalar') throw call.problem(1, "With a S as its condition 'IF' chooses between TS")
    if (otherwise?.shape === 'scalar') throw call.problem(2, "With a S as its condition 'IF' chooses between TS")
    return asAWhole(call.source, test, then, otherwise)
  },
}

const asAWhole = (source: string, test: ScalarTerm, then: SeriesTerm, otherwise: SeriesTerm | undefined): Term =>
  made(source, (out, run) => {
    const decision = test.at(run)
    const chosen = decision !== decision ? undefined : decision !== 0 ? then : otherwise
    if (chosen === undefined) out.fill(NaN)
    else out.set(chosen.at(run).values)
  })

type Choice = ScalarTerm | SeriesTerm

const bySlot = (source: string, test: SeriesTerm, then: Choice, otherwise: Choice | undefined): Term => {
  const missingElse = then.shape === 'scalar' ? NaN : 0
  return made(source, (out, run) => {
    const decisions = test.at(run).values
    const yes = choice(then, run)
    const no = otherwise === undefined ? NaN : choice(otherwise, run)
    for (let k = 0; k < out.length; k++) {
      const decision = decisions[k]!
      out[k] = decision !== decision ? NaN : decision !== 0 ? pick(yes, k, 0) : pick(no, k, missingElse)
    }
  })
}

const choice = (term: Choice, run: Run): number | Float64Array => (term.shape === 'scalar' ? term.at(run) : term.at(run).values)

const pick = (from: number | Float64Array, k: number, missing: number): number => {
  if (typeof from === 'number') return from
  const value = from[k]!
  return value !== value ? missing : value
}
