import { createHash } from 'node:crypto'
import { join } from 'node:path'

const SHARED_MEMORY = '/dev/shm'

/** The folder in shared memory in which the engine of a spool folder reads inserts: one for each, named by where its data lies. */
export const memoryFolder = (folder: string, memory = SHARED_MEMORY): string =>
  join(memory, `tocsin-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`)
