import type { Unit } from '../../model/metric.ts'
import type { Reading } from '../collector.ts'
import { Counters } from './counters.ts'
import type { HostSource } from './host-source.ts'

/** Columns of /proc/net/dev after the interface's name. */
const COUNTERS: readonly { readonly name: string; readonly column: number; readonly unit: Unit }[] = [
  { name: 'net_bytes_recv', column: 0, unit: 'Bytes' },
  { name: 'net_packets_recv', column: 1, unit: 'Count' },
  { name: 'net_err_in', column: 2, unit: 'Count' },
  { name: 'net_drop_in', column: 3, unit: 'Count' },
  { name: 'net_bytes_sent', column: 8, unit: 'Bytes' },
  { name: 'net_packets_sent', column: 9, unit: 'Count' },
  { name: 'net_err_out', column: 10, unit: 'Count' },
  { name: 'net_drop_out', column: 11, unit: 'Count' },
]

/** `net_*` of every interface but the loopback: what was added since the last round. */
export const networkReader = (source: HostSource): (() => Promise<readonly Reading[]>) => {
  const counters = new Counters()
  return async () => {
    const readings: Reading[] = []
    for (const line of ((await source.file('/proc/net/dev')) ?? '').split('\n')) {
      const match = /^\s*([^:\s]+):(.*)$/.exec(line)
      const device = match?.[1]
      if (device === undefined || device === 'lo') continue
      const columns = match![2]!.trim().split(/\s+/).map(Number)
      const dimensions = [{ name: 'host', value: source.hostname }, { name: 'interface', value: device }]
      for (const { name, column, unit } of COUNTERS) {
        const value = counters.increase(`${device} ${name}`, columns[column] ?? 0)
        if (value !== undefined) readings.push({ name, unit, value, dimensions })
      }
    }
    counters.turn()
    return readings
  }
}
