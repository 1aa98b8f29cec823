import { execFileSync } from 'node:child_process'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

/** Whole servers and browsers first: whatever runs last is short then, and both workers end together. */
const LONGEST = ['/server/test/console/', '/server/test/product/', '/checks/', '/server/test/', '/server/src/store/']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = LONGEST.findIndex(folder => moduleId.includes(folder))
      return place < 0 ? LONGEST.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

/** Other cases of the property tests at each commit, and the same ones whenever that commit is tested again: a failure belongs to its commit. */
const commitSeed = (): number => {
  try {
    return Number.parseInt(execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).slice(0, 7), 16)
  } catch {
    return 1
  }
}

export default defineConfig({
  test: {
    include: ['server/src/**/*.test.ts', 'server/test/**/*.test.ts', 'console/**/*.test.ts', 'checks/**/*.test.ts', 'bench/**/*.test.ts'],
    setupFiles: ['server/test/seed-of-cases.ts'],
    provide: { seedOfCases: Number(process.env['SEED'] ?? commitSeed()) },
    pool: 'forks',
    maxWorkers: 2,
    // Files share a process one after the other: AWS's models and the like are loaded twice instead of four hundred times.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
