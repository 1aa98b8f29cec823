import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './source-files.ts'

/** Runs a tool of the repository's own node_modules; answers what it printed, empty when it is content. */
const complaints = (tool: string, ...args: readonly string[]): string => {
  const run = spawnSync(join(ROOT, 'node_modules/.bin', tool), args, { cwd: ROOT, encoding: 'utf8' })
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}${run.error?.message ?? ''}` || `${tool} exited ${run.status}`
}

const MINUTES = 60_000

test('the server, the benchmarks and the checks type-check', () => {
  expect(complaints('tsc', '-p', '.')).toBe('')
}, 3 * MINUTES)

test('the console type-checks', () => {
  expect(complaints('tsc', '-p', 'console')).toBe('')
}, 3 * MINUTES)

test('the linter has nothing to say: no floating promise, no any', () => {
  expect(complaints('oxlint', '--type-aware', '--deny-warnings')).toBe('')
}, 3 * MINUTES)

test('no unused file, export or dependency', () => {
  expect(complaints('knip', '--no-progress')).toBe('')
}, 3 * MINUTES)
