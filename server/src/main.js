import { enableCompileCache } from 'node:module'

// The one file that is not TypeScript: whatever strips types would be loaded for it, 10 MB, before the compile cache can spare it.

// Databases hold secrets, and SQLite makes its files as open as this lets it, whatever folder they lie in.
process.umask(0o077)
// The second start need not read and strip every file again.
enableCompileCache()
const { run } = await import('./server/run.ts')
await run(process.argv.slice(2))
