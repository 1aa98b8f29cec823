import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { TestEvents } from '../insights.test-support.ts'
import type { Example, InsightsFunction } from './insights-function.ts'
import { AGGREGATES, FUNCTIONS } from './registry.ts'

interface Batch {
  readonly group: number
  readonly events: readonly string[]
  readonly command: 'fields' | 'stats'
  readonly examples: readonly Example[]
}

/** So many expressions are asked for in one query. */
const AT_ONCE = 12

/** Examples that see the same events, so that one query answers them all. */
const batchesOf = (functions: readonly InsightsFunction[], command: Batch['command'], firstGroup: number): readonly Batch[] => {
  const byEvents = Map.groupBy(functions.flatMap(({ examples }) => examples), ({ events }) => JSON.stringify(events ?? ['']))
  const chunks = [...byEvents].flatMap(([events, examples]) =>
    Array.from({ length: Math.ceil(examples.length / AT_ONCE) }, (_, index) => [events, examples.slice(index * AT_ONCE, (index + 1) * AT_ONCE)] as const))
  return chunks.map(([events, examples], index) => ({ group: firstGroup + index, events: JSON.parse(events) as string[], command, examples }))
}

const telemetry = await scratchTelemetry()
const TEN = Date.UTC(2026, 0, 1, 10)

test('functions and aggregations do what their examples say', async () => {
  const rows = batchesOf(FUNCTIONS, 'fields', 100)
  const batches = [...rows, ...batchesOf(AGGREGATES, 'stats', 100 + rows.length)]
  const table = await TestEvents.with(telemetry, batches.flatMap(({ group, events }) => events.map((message, index) => ({ group, message, at: TEN + index * 1000 }))))
  const answers = await Promise.all(batches.map(async ({ group, command, examples }) => {
    const [row] = await table.run(`${command} ${examples.map(({ expression }, index) => `${expression} as r${index}`).join(', ')}`, { groups: [{ id: group, label: `1:${group}` }] })
    return examples.map(({ expression }, index) => [expression, row![`r${index}`] ?? null])
  }))
  expect(answers).toEqual(batches.map(({ examples }) => examples.map(({ expression, result }) => [expression, result])))
})

describe.each([...FUNCTIONS, ...AGGREGATES])('$name', ({ name, aliases, text, parameters, examples }) => {
  test('has help, with examples of itself', () => {
    expect(text).toMatch(/^[A-Z`].*\.$/s)
    expect(examples.length).toBeGreaterThan(0)
    for (const each of [name, ...(aliases ?? [])].slice(0, 1)) expect(examples.some(({ expression }) => expression.includes(`${each}(`))).toBe(true)
    const optional = parameters.findIndex(parameter => parameter.optional === true)
    if (optional >= 0) expect(parameters.slice(optional).every(parameter => parameter.optional === true)).toBe(true)
  })
})

test('no two functions have one name', () => {
  const names = [...FUNCTIONS, ...AGGREGATES].flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]).map(name => name.toLowerCase())
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
