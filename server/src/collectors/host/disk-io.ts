import type { Unit } from '../../model/metric.ts'
import type { Reading } from '../collector.ts'
import { Counters } from './counters.ts'
import type { HostSource } from './host-source.ts'

const SECTOR_BYTES = 512

/** Counters of /proc/diskstats by column (after major, minor, name; kernel Documentation/admin-guide/iostats). */
const COUNTERS: readonly { readonly name: string; readonly column: number; readonly unit: Unit; readonly factor: number }[] = [
  { name: 'diskio_reads', column: 3, unit: 'Count', factor: 1 },
  { name: 'diskio_read_bytes', column: 5, unit: 'Bytes', factor: SECTOR_BYTES },
  { name: 'diskio_read_time', column: 6, unit: 'Milliseconds', factor: 1 },
  { name: 'diskio_writes', column: 7, unit: 'Count', factor: 1 },
  { name: 'diskio_write_bytes', column: 9, unit: 'Bytes', factor: SECTOR_BYTES },
  { name: 'diskio_write_time', column: 10, unit: 'Milliseconds', factor: 1 },
  { name: 'diskio_io_time', column: 12, unit: 'Milliseconds', factor: 1 },
]
const IN_PROGRESS_COLUMN = 11
const IGNORED = /^(loop|ram|zram|dm-)\d/

/** `diskio_*` of every block device that was ever used: what was added since the last round. */
export const diskIoReader = (source: HostSource): (() => Promise<readonly Reading[]>) => {
  const counters = new Counters()
  return async () => {
    const readings: Reading[] = []
    for (const line of ((await source.file('/proc/diskstats')) ?? '').split('\n')) {
      const columns = line.trim().split(/\s+/)
      const device = columns[2]
      if (device === undefined || IGNORED.test(device) || (columns[3] === '0' && columns[7] === '0')) continue
      const dimensions = [{ name: 'host', value: source.hostname }, { name: 'name', value: device }]
      for (const { name, column, unit, factor } of COUNTERS) {
        const value = counters.increase(`${device} ${name}`, Number(columns[column]) * factor)
        if (value !== undefined) readings.push({ name, unit, value, dimensions })
      }
      readings.push({ name: 'diskio_iops_in_progress', unit: 'Count', value: Number(columns[IN_PROGRESS_COLUMN]), dimensions })
    }
    counters.turn()
    return readings
  }
}
