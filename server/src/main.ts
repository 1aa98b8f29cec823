import { enableCompileCache } from 'node:module'

// The second start need not read and strip every file again.
enableCompileCache()
const { run } = await import('./server/run.ts')
await run(process.argv.slice(2))
