import { SyntaxProblem } from '../../languages/syntax-problem.ts'
import type { BinarySymbol, Span } from '../grammar/syntax.ts'
import type { Line } from '../program.ts'
import { datapoint, made, mapped, prepared, scalar, type Kernel, type Term } from '../term.ts'
import { arithmetic } from './arithmetic.ts'
import { comparison } from './comparison.ts'
import { logic } from './logic.ts'
import type { OperatorFamily } from './operator.ts'

type Operation = (a: number, b: number) => number

export const OPERATORS: readonly OperatorFamily[] = [arithmetic, comparison, logic]

const operations = new Map(OPERATORS.flatMap(({ operators }) => Object.entries(operators)))

/** How types are called in CloudWatch's documentation. */
export const TYPE_NAMES = { scalar: 'S', series: 'TS', list: 'TS[]' } as const

/** The term of two operands. Two lists do not combine; everything else does. Throws `SyntaxProblem`. */
export const combine = (symbol: BinarySymbol, left: Term, right: Term, { start }: Span, source: string): Term => {
  const of = operations.get(symbol)!
  if (left.shape === 'scalar') {
    if (right.shape === 'scalar') return scalar(run => ofNumbers(of, left.at(run), right.at(run)))
    return prepared(right, run => afterNumber(of, left.at(run)))
  }
  if (right.shape === 'scalar') return prepared(left, run => beforeNumber(of, right.at(run)))
  if (left.shape === 'series') {
    if (right.shape === 'series') return made(source, (out, run) => join(of, left.at(run).values, right.at(run).values, out))
    return prepared(right, run => afterSeries(of, left.at(run)))
  }
  if (right.shape === 'series') return prepared(left, run => beforeSeries(of, right.at(run)))
  throw new SyntaxProblem(`Unsupported operand types for '${symbol}': ${TYPE_NAMES[left.shape]} and ${TYPE_NAMES[right.shape]}`, start)
}

/** `-term` */
export const negated = (term: Term): Term => (term.shape === 'scalar' ? scalar(run => 0 - term.at(run)) : mapped(term, negate))

const negate: Kernel = (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = 0 - values[k]!
}

/** NaN, which is all that is unequal to itself: no datapoint. */
const ofNumbers = (of: Operation, a: number, b: number): number => (a !== a || b !== b ? NaN : datapoint(of(a, b)))

const afterNumber = (of: Operation, a: number): Kernel => (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = ofNumbers(of, a, values[k]!)
}

const beforeNumber = (of: Operation, b: number): Kernel => (values, out) => {
  for (let k = 0; k < values.length; k++) out[k] = ofNumbers(of, values[k]!, b)
}

const afterSeries = (of: Operation, a: Line): Kernel => (values, out) => join(of, a.values, values, out)
const beforeSeries = (of: Operation, b: Line): Kernel => (values, out) => join(of, values, b.values, out)

const join = (of: Operation, left: Float64Array, right: Float64Array, out: Float64Array): void => {
  for (let k = 0; k < out.length; k++) {
    const a = left[k]!
    const b = right[k]!
    if (a !== a) out[k] = b !== b ? NaN : datapoint(of(0, b))
    else out[k] = datapoint(of(a, b !== b ? 0 : b))
  }
}
