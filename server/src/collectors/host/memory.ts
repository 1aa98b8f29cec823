import type { Unit } from '../../model/metric.ts'
import type { Reading } from '../collector.ts'
import type { HostSource } from './host-source.ts'

const KIB = 1024

/** `mem_*` and `swap_*`, in bytes and percent. */
export const memoryReader = (source: HostSource) => async (): Promise<readonly Reading[]> => {
  const dimensions = [{ name: 'host', value: source.hostname }]
  const reading = (name: string, unit: Unit, value: number): Reading => ({ name, unit, value, dimensions })
  const text = await source.file('/proc/meminfo')
  if (text === undefined) {
    const { total, free } = source.memory()
    return [
      reading('mem_total', 'Bytes', total),
      reading('mem_available', 'Bytes', free),
      reading('mem_used', 'Bytes', total - free),
      reading('mem_used_percent', 'Percent', share(total - free, total)),
      reading('mem_available_percent', 'Percent', share(free, total)),
    ]
  }
  const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * KIB
  const total = field('MemTotal')
  const available = field('MemAvailable')
  const swapTotal = field('SwapTotal')
  const swapFree = field('SwapFree')
  // The agent's own reckoning: what is neither free, nor buffer, nor cache.
  const used = total - field('MemFree') - field('Buffers') - field('Cached') - field('SReclaimable')
  return [
    reading('mem_total', 'Bytes', total),
    reading('mem_available', 'Bytes', available),
    reading('mem_available_percent', 'Percent', share(available, total)),
    reading('mem_used', 'Bytes', used),
    reading('mem_used_percent', 'Percent', share(used, total)),
    reading('mem_free', 'Bytes', field('MemFree')),
    reading('mem_buffered', 'Bytes', field('Buffers')),
    reading('mem_cached', 'Bytes', field('Cached') + field('SReclaimable')),
    reading('mem_active', 'Bytes', field('Active')),
    reading('mem_inactive', 'Bytes', field('Inactive')),
    ...(swapTotal === 0
      ? []
      : [
          reading('swap_free', 'Bytes', swapFree),
          reading('swap_used', 'Bytes', swapTotal - swapFree),
          reading('swap_used_percent', 'Percent', share(swapTotal - swapFree, swapTotal)),
        ]),
  ]
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e4)
