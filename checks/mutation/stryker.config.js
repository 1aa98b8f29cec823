import { cpus } from 'node:os'

/**
 * Mutation tests, `npm run mutation`: do the tests notice when what decides about alarms decides otherwise? Only what decides is
 * changed; texts, history rows and renderings beside it are not (a changed word is read by people, and pinned by golden files).
 * Arguments narrow it down: `npm run mutation -- --mutate 'server/src/engines/mutes/*.ts'`.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'checks/mutation/vitest.config.js', related: true },
  mutate: [
    'server/src/engines/alarms/{decide,slots,evaluate,low-samples,rule,limit,schedule,calendar,clock-zone,warm-up}.ts',
    'server/src/engines/alarms/{actions,action-kinds,transition}.ts',
    'server/src/engines/composite/*.ts',
    'server/src/engines/mutes/*.ts',
    'server/src/engines/contributors/*.ts',
    '!server/src/engines/**/*.test.ts',
  ],
  // The sandbox is a copy of this; node_modules is linked. Without tsconfig.json: Stryker would rewrite it with an API that TypeScript 7 has not.
  ignorePatterns: ['**', '!server/**', '!package.json', '!checks/mutation/**'],
  coverageAnalysis: 'perTest',
  concurrency: Math.min(4, cpus().length),
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'tmp/mutation/report.json' },
  htmlReporter: { fileName: 'tmp/mutation/report.html' },
  tempDirName: 'tmp/mutation/sandbox',
  // What did not change since the last run on this machine is not run again.
  incremental: true,
  incrementalFile: 'tmp/mutation/incremental.json',
  thresholds: { high: 95, low: 90, break: 90 },
  allowConsoleColors: false,
}
