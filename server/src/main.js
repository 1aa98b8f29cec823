import { constants, enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// The one file that is not TypeScript: whatever strips types would be loaded for it, 10 MB, before the compile cache can spare it.

// Databases hold secrets, and SQLite makes its files as open as this lets it, whatever folder they lie in.
process.umask(0o077)
// No start need read and strip every file again: server/prepare.ts has done it. Whoever may not write there has a cache of his own.
const cache = enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url)))
if (cache.status === constants.compileCacheStatus.FAILED) enableCompileCache()
const { run } = await import('./server/run.ts')
await run(process.argv.slice(2))
