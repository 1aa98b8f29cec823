import { readFile, statfs } from 'node:fs/promises'
import { cpus, freemem, hostname, loadavg, totalmem } from 'node:os'
import type { Clock } from '../../base/clock.ts'

/** Where the host's figures come from; tests hand in recorded files. */
export interface HostSource {
  readonly clock: Clock
  readonly hostname: string
  /** The text of a file of /proc, or undefined where there is none (not Linux). */
  file(path: string): Promise<string | undefined>
  /** Capacity of the file system that is mounted at `path`, or undefined when it refuses. May wait for another machine for ever. */
  fileSystem(path: string): Promise<FileSystemSize | undefined>
  /** Milliseconds of processor time since the start, summed over all processors. */
  processorTimes(): { readonly user: number; readonly nice: number; readonly system: number; readonly idle: number; readonly irq: number }
  memory(): { readonly total: number; readonly free: number }
  load(): readonly number[]
}

export interface FileSystemSize {
  readonly totalBytes: number
  readonly freeBytes: number
  /** What an ordinary user may still write; less than free where blocks are reserved. */
  readonly availableBytes: number
  readonly totalInodes: number
  readonly freeInodes: number
}

/** This machine. */
export const machine = (clock: Clock): HostSource => ({
  clock,
  hostname: hostname(),
  async file(path) {
    try {
      return await readFile(path, 'utf8')
    } catch {
      return undefined // Absent on other systems; the reader then falls back or leaves its part out.
    }
  },
  async fileSystem(path) {
    try {
      const size = await statfs(path)
      return {
        totalBytes: size.blocks * size.bsize,
        freeBytes: size.bfree * size.bsize,
        availableBytes: size.bavail * size.bsize,
        totalInodes: size.files,
        freeInodes: size.ffree,
      }
    } catch {
      return undefined // An unreachable or forbidden mount has no size to tell.
    }
  },
  processorTimes() {
    const sum = { user: 0, nice: 0, system: 0, idle: 0, irq: 0 }
    for (const { times } of cpus()) {
      sum.user += times.user
      sum.nice += times.nice
      sum.system += times.sys
      sum.idle += times.idle
      sum.irq += times.irq
    }
    return sum
  },
  memory: () => ({ total: totalmem(), free: freemem() }),
  load: () => loadavg(),
})
