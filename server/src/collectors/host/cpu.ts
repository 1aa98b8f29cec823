import type { Reading } from '../collector.ts'
import type { HostSource } from './host-source.ts'

/** Columns of the `cpu` line of /proc/stat, in their order (proc_stat(5)); units of 1/100 s. */
const COLUMNS = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal', 'guest', 'guest_nice'] as const
type Times = Readonly<Record<string, number>>

/** `cpu_usage_*` in percent of all processors' time since the last round, with the agent's `cpu=cpu-total`. */
export const cpuReader = (source: HostSource): (() => Promise<readonly Reading[]>) => {
  let before: Times | undefined
  return async () => {
    const now = await readTimes(source)
    const earlier = before
    before = now
    return earlier === undefined ? [] : usage(earlier, now, source.hostname)
  }
}

const readTimes = async (source: HostSource): Promise<Times> => {
  const line = (await source.file('/proc/stat'))?.split('\n').find(text => text.startsWith('cpu '))
  if (line === undefined) return { ...source.processorTimes() }
  const fields = line.trim().split(/\s+/).slice(1).map(Number)
  const times = Object.fromEntries(COLUMNS.map((column, index) => [column, fields[index] ?? 0]))
  // The kernel counts guest time in user time as well.
  return { ...times, user: times['user']! - times['guest']!, nice: times['nice']! - times['guest_nice']! }
}

const usage = (before: Times, now: Times, host: string): readonly Reading[] => {
  const spent = Object.fromEntries(Object.keys(now).map(column => [column, Math.max(0, now[column]! - (before[column] ?? 0))]))
  const total = Object.values(spent).reduce((sum, value) => sum + value, 0)
  if (total === 0) return []
  const dimensions = [{ name: 'cpu', value: 'cpu-total' }, { name: 'host', value: host }]
  const percent = (value: number): number => Math.round((value / total) * 1e6) / 1e4
  const active = total - (spent['idle'] ?? 0)
  return [
    { name: 'cpu_usage_active', unit: 'Percent', value: percent(active), dimensions },
    ...Object.entries(spent).map(([column, value]): Reading => ({ name: `cpu_usage_${column}`, unit: 'Percent', value: percent(value), dimensions })),
  ]
}
