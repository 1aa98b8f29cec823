// Builds the console when `npm ci` or `npm install` has put the packages in place, and only when it is out of date.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(fileURLToPath(import.meta.url))
const built = join(home, 'dist/index.html')
const sources = ['src', 'build', 'index.html', 'vite.config.ts', 'package.json', '../package-lock.json'].map(path => join(home, path))

const newest = (path: string): number => {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

const vite = (): string => {
  const manifest = createRequire(import.meta.url).resolve('vite/package.json')
  return join(dirname(manifest), 'bin/vite.js')
}

const build = (): void => {
  const started = Date.now()
  const run = spawnSync(process.execPath, [vite(), 'build', '--logLevel', 'warn', '--emptyOutDir'], { cwd: home, encoding: 'utf8' })
  if (run.status !== 0) {
    console.error(`${run.stdout ?? ''}${run.stderr ?? ''}`)
    console.error(`console: the build failed (${run.error?.message ?? `exit ${run.status}`})`)
    process.exit(1)
  }
  console.log(`console: built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

if (newest(built) >= Math.max(...sources.map(newest))) console.log('console: up to date')
else build()
