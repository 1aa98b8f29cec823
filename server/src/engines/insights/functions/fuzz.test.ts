import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundNumber, boundText, cast, constant, NULL, parameter } from '../../../sql/expression.ts'
import { printExpression } from '../../../sql/print.ts'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { enginePattern } from '../plan/regex.ts'
import { anyValue, booleanValue, jsonValue, numberValue, stringValue, timeValue, type Value } from '../values.ts'
import { bound, CONTEXT, MISSING, number, period, Refusal, ROW_CONTEXT, ROW_FIELD, shownAll, shownOver, text, truth } from './functions.test-support.ts'
import type { InsightsFunction, Parameter } from './insights-function.ts'
import { AGGREGATES, FUNCTIONS } from './registry.ts'

const telemetry = await scratchTelemetry()

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '', ' ', '\0', '\\', '\'', '"', '%', '%%', '%Y-%q', '[', ']', '(', '*', '^-]', '$1', '\\1', '\\9', '🔔', 'é', '\ud800', '+', '=', '====', '/', '//', '.', '-', '1.', '.5', '+5', '0x10', 'nan', 'inf', '-inf', '1e308', '1e309', '-0', '00', '9223372036854775808', 'true', 'FALSE',
    '1.2.3.4', '::1', '::ffff:1.2.3.4', '10.0.0.0/8', '::/0', '1.2.3.4/99', '10.0.0.0/8/8', '/8', '2026-01-01', '2026-13-45 99:99:99', '0000-00-00', '9999-12-31T23:59:59.999Z', '1e10', 'yyyy-MM-dd', 'yyyy', '[[[', '\'', 'Europe/Berlin', '+25:00', 'Mars/Olympus',
    '{}', '[]', '[1,"a",null,{"b":[]}]', '{"a":', 'null', '"a"', '[[[[', '{"a":1}{"a":2}', 'aGk=', '%zz%ff', 'ffff', '{p1:String}', '1); DROP TABLE log_events; --', '(?<n>a)(?P<m>b)', 'a{1000}', '(a{1000}){1000}', '\\C', '[[:alpha:]]', '(?i)x', '\\Qx', '\\pN', '\\x{110000}',
  ),
)
const numbers = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(0, -0, 1, -1, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 1.7e308, -1.7e308, 5e-324, 101, 1000))
const instants = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(0n, -1n, 1767261600000n, 253402300799999n, -62135596800001n, 2n ** 63n - 1n, -(2n ** 63n)))
const periods = fc.record({ count: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(1e9, 1e15, 1e300, 0.5)), unit: fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w', 'mo', 'q', 'y') })

/** What is only known at run time; as parameters, or of a row. */
const unknown: fc.Arbitrary<Value> = fc.oneof(
  texts.map(value => stringValue(boundText(value))),
  texts.map(value => anyValue(boundText(value))),
  texts.map(value => jsonValue(boundText(value))),
  fc.tuple(texts, numbers).map(([value, of]) => anyValue(boundText(value), boundNumber(of))),
  numbers.map(value => numberValue(boundNumber(value))),
  fc.boolean().map(value => booleanValue(constant(value ? 1 : 0))),
  instants.map(value => timeValue(parameter('Int64', value))),
  fc.constantFrom(
    MISSING, stringValue(cast(NULL, 'Nullable(String)')), jsonValue(cast(NULL, 'Nullable(String)')), numberValue(cast(NULL, 'Nullable(Float64)')), booleanValue(cast(NULL, 'Nullable(UInt8)')),
    timeValue(cast(NULL, 'Nullable(Int64)')),
  ),
)
const literals: fc.Arbitrary<Value> = fc.oneof(texts.map(text), numbers.map(number), fc.boolean().map(truth))

/** What the language lets through to `bind`. */
const argumentOf = (parameter: Parameter): fc.Arbitrary<Value> => {
  if (parameter.takes === 'period') return periods.map(({ count, unit }) => period(count, unit))
  if (parameter.takes === 'regex') return texts.filter(pattern => typeof enginePattern(pattern) === 'string').map(text)
  return parameter.constant === true ? literals : fc.oneof(unknown, literals)
}

const argumentsOf = ({ parameters }: InsightsFunction): fc.Arbitrary<readonly Value[]> => {
  const least = parameters.filter(({ optional }) => optional === undefined).length
  const most = parameters.at(-1)?.repeated === true ? parameters.length + 3 : parameters.length
  return fc.integer({ min: least, max: most }).chain(count =>
    fc.tuple(...Array.from({ length: count }, (_, index) => argumentOf(parameters[Math.min(index, parameters.length - 1)]!))))
}

/** Undefined where the arguments are refused, which must be with a problem. */
const made = (fn: InsightsFunction, args: readonly Value[], context = CONTEXT): Value | undefined => {
  try {
    return bound(fn.name, args, context)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

const present = <One>(one: One | undefined): one is One => one !== undefined

test('what a query says is bound, never written into the statement', () => {
  const said = 'c\'an\\ary'
  for (const fn of [...FUNCTIONS, ...AGGREGATES]) {
    const literal = (name: string): Value => (name === 'period' || name === 'interval' ? period(5, 'm') : name === 'percent' || name === 'k' || name === 'buckets' ? number(5) : text(said))
    const value = made(fn, fn.parameters.map(({ name }) => literal(name)))
    if (value === undefined) continue
    const { sql } = printExpression(value.sql)
    expect(sql).not.toContain('c\'an')
    expect(sql).not.toContain('ary')
  }
})

test('functions of any arguments give a value or none, never an error of the engine', async () => {
  const calls = fc.tuple(...FUNCTIONS.map(fn => argumentsOf(fn).map(args => made(fn, args))))
  await fc.assert(fc.asyncProperty(calls, async values => {
    for (const shown of await shownAll(telemetry, values.filter(present))) expect(shown === null || typeof shown === 'string').toBe(true)
  }), { numRuns: 10, endOnFailure: true })
})

test('functions of what functions give', async () => {
  const call: fc.Memo<Value> = fc.memo(depth => depth <= 1
    ? unknown
    : fc.constantFrom(...FUNCTIONS).chain(fn => argumentsOf(fn).chain(args =>
      fc.tuple(...args.map((arg, index) => (isFixed(fn, index) ? fc.constant(arg) : fc.oneof(fc.constant(arg), call(depth - 1))))).map(all => made(fn, all) ?? MISSING))))
  await fc.assert(fc.asyncProperty(fc.array(call(4), { minLength: 20, maxLength: 20 }), async values => {
    await shownAll(telemetry, values)
  }), { numRuns: 10, endOnFailure: true })
})

const isFixed = ({ parameters }: InsightsFunction, index: number): boolean => {
  const { takes, constant: literal } = parameters[Math.min(index, parameters.length - 1)]!
  return takes === 'regex' || takes === 'period' || literal === true
}

test('functions and aggregations over rows of anything', async () => {
  const field = (fn: InsightsFunction, args: readonly Value[]): readonly Value[] => args.map((arg, index) => (isFixed(fn, index) ? arg : ROW_FIELD))
  const calls = fc.tuple(...AGGREGATES.map(fn => argumentsOf(fn).map(args => made(fn, field(fn, args), ROW_CONTEXT))))
  const mapped = fc.tuple(...FUNCTIONS.map(fn => argumentsOf(fn).map(args => made(fn, field(fn, args), ROW_CONTEXT))))
  await fc.assert(fc.asyncProperty(calls, mapped, fc.array(texts, { maxLength: 8 }), async (aggregates, values, rows) => {
    // What is made of every row is aggregated in its turn.
    const latest = values.filter(present).map(value => bound('latest', [value], ROW_CONTEXT))
    await shownOver(telemetry, [...aggregates, ...latest].filter(present).map(value => [value, rows]))
  }), { numRuns: 3, endOnFailure: true })
})
