import { setTimeout as delay } from 'node:timers/promises'
import { atMost, median, shown, type Benchmark } from './benchmark.ts'
import { memoryOf } from './process-cost.ts'
import { startServer, type ServerUnderTest } from './server-under-test.ts'

const STARTS = 5
const IDLE_MILLIS = 60_000

/** How soon a server on an empty folder is ready, and what it holds a minute later, watching its own machine. */
export const startAndRest: Benchmark = {
  name: 'start-and-rest',
  async run(options) {
    const starts: number[] = []
    for (let start = 1; ; start++) {
      const server = await startServer(options)
      starts.push(server.readyMillis / 1000)
      if (start < STARTS) {
        await server.stop()
        continue
      }
      const { resident, proportional } = await idleMemory(server)
      return [
        atMost(3, 's', `ready on an empty folder, median of ${STARTS}`, median(starts)),
        atMost(450, 'MiB', 'idle after a minute, both processes: resident', resident),
        shown('MiB', 'idle after a minute, both processes: proportional (shared pages once)', proportional),
      ]
    }
  },
}

const idleMemory = async (server: ServerUnderTest) => {
  try {
    await delay(IDLE_MILLIS)
    return memoryOf(server.pid)
  } finally {
    await server.stop()
  }
}
