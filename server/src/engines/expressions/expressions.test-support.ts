import { epochSeconds, seconds } from '../../base/time.ts'
import { compile } from './compile.ts'
import type { Example } from './example.ts'
import type { Grid, Inputs, Line, Need, StoredQuery } from './program.ts'

const MONDAY = Date.UTC(2024, 0, 1)

/** `1 - 4` → [1, NaN, 4] */
const valuesOf = (text: string): Float64Array => Float64Array.from(text.split(' '), token => (token === '-' ? NaN : Number(token)))
export const textOf = (values: Float64Array): string => [...values].map(value => (Number.isNaN(value) ? '-' : String(Number(value.toPrecision(12))))).join(' ')

/** The metrics of one request, drawn as texts; their labels are their Ids in capitals. */
export const drawn = (example: Pick<Example, 'metrics' | 'found' | 'start' | 'period'>) => {
  const period = seconds(example.period ?? 60)
  const drawings = [...Object.values(example.metrics), ...(example.found ?? [])]
  const grid: Grid = {
    start: epochSeconds((example.start === undefined ? MONDAY : Date.parse(example.start)) / 1000),
    period,
    length: drawings.length === 0 ? 2 : valuesOf(drawings[0]!).length,
  }
  const asked: Need[] = []
  const stored: StoredQuery[] = Object.keys(example.metrics).map(id => ({ id, period }))
  const inputs: Inputs = {
    grid,
    metric: id => ({ label: id.toUpperCase(), values: valuesOf(example.metrics[id]!) }),
    need: need => {
      asked.push(need)
      return (example.found ?? []).map((text, index): Line => ({ label: `found ${index}`, values: valuesOf(text) }))
    },
  }
  return { stored, inputs, asked }
}

/** What an example's expression yields, in the example's own notation. */
export const resultOf = (example: Omit<Example, 'result'>): string | readonly string[] => {
  const { stored, inputs } = drawn(example)
  const program = compile(stored, [{ id: 'e1', expression: example.expression }])
  const texts = program.evaluate('e1', inputs).map(({ values }) => textOf(values))
  return program.shapeOf('e1') === 'list' ? texts : texts[0]!
}
