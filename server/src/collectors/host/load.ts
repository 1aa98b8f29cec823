import type { Reading } from '../collector.ts'
import type { HostSource } from './host-source.ts'

/** `system_load1`, `system_load5`, `system_load15`: processes that run or wait, averaged over so many minutes. */
export const loadReader = (source: HostSource) => async (): Promise<readonly Reading[]> => {
  const dimensions = [{ name: 'host', value: source.hostname }]
  const averages = source.load()
  return ['system_load1', 'system_load5', 'system_load15'].map((name, index): Reading => ({ name, unit: 'Count', value: averages[index] ?? 0, dimensions }))
}
