/**
 * `npm test`: the house's checks and all tests, then the shape of the code. The last line is `N passed, N failed`.
 * Further arguments go to vitest, e.g. `npm test -- server/src/wire`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shapeReport } from './shape.ts'
import { ROOT } from './source-files.ts'

const scratch = mkdtempSync(join(tmpdir(), 'tocsin-test-'))
const resultFile = join(scratch, 'results.json')
const run = spawnSync(
  process.execPath,
  [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit' },
)

const { passed, failed } = counts()
rmSync(scratch, { recursive: true, force: true })
console.log(shapeReport())
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/** Tests that passed and failed; whatever else made vitest unhappy (a file that does not load, a stray rejection) counts as one. */
function counts(): { readonly passed: number; readonly failed: number } {
  try {
    const results = JSON.parse(readFileSync(resultFile, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    const { numPassedTests, numFailedTests } = results
    return { passed: numPassedTests, failed: numFailedTests === 0 && run.status !== 0 ? 1 : numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
