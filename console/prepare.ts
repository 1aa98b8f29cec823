// Builds the console when `npm ci` or `npm install` has put the packages in place, and only when it is out of date.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(fileURLToPath(import.meta.url))
const built = join(home, 'dist')
/** What the console shares with the server (docs/decisions/0006-console-shares-dashboard-code.md), and whose texts it carries. */
const shared = ['base', 'model', 'engines/charts', 'engines/composite', 'engines/dashboards', 'engines/insights', 'engines/languages'].map(path => `../server/src/${path}`)
const sources = ['src', 'build', 'index.html', 'vite.config.ts', 'package.json', '../package-lock.json', ...shared].map(path => join(home, path))

/** Newest change below a path, in milliseconds; 0 where there is nothing. */
const newest = (path: string): number => {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

const fail = (reason: string): never => {
  console.error(`console: ${reason}`)
  process.exit(1)
}

const vite = (): string => {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  } catch {
    return fail('Vite is not installed, so the web console cannot be built; install with the development packages')
  }
}

const build = (): void => {
  const started = Date.now()
  // Built aside and put in place whole: nobody, and no build beside this one, meets half a console.
  const aside = join(home, `../node_modules/.cache/console-${process.pid}`)
  // Tests call this too, whose own NODE_ENV would make a console for developers: three times as large, and slower.
  const env = { ...process.env, NODE_ENV: 'production' }
  const run = spawnSync(process.execPath, [vite(), 'build', '--logLevel', 'warn', '--outDir', aside, '--emptyOutDir'], { cwd: home, encoding: 'utf8', env })
  if (run.status !== 0) fail(`the build failed (${run.error?.message ?? `exit ${run.status}`})\n${run.stdout ?? ''}${run.stderr ?? ''}`)
  rmSync(built, { recursive: true, force: true })
  renameSync(aside, built)
  console.log(`console: built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

if (newest(join(built, 'index.html')) >= Math.max(...sources.map(newest))) console.log('console: up to date')
else build()
