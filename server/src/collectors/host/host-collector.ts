import type { Collector } from '../collector.ts'
import { cpuReader } from './cpu.ts'
import { diskIoReader } from './disk-io.ts'
import { diskReader } from './disk.ts'
import type { HostSource } from './host-source.ts'
import { loadReader } from './load.ts'
import { memoryReader } from './memory.ts'
import { networkReader } from './network.ts'

/** This machine's own metrics, under the CloudWatch agent's names. */
export const hostCollector = (source: HostSource): Collector => {
  const readers = [cpuReader, memoryReader, diskReader, diskIoReader, networkReader, loadReader].map(reader => reader(source))
  return {
    name: 'host',
    namespace: 'CWAgent',
    async collect() {
      const parts = await Promise.all(readers.map(read => read()))
      return parts.flat()
    },
  }
}
