import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** User and system time of a process and of all its living descendants, in seconds. Linux only. */
export const cpuSeconds = (pid: number): number => family(pid).reduce((sum, member) => sum + ticksOf(member), 0) / TICKS_PER_SECOND

/** Resident memory of a process and of all its living descendants, in MiB. */
export const residentMebibytes = (pid: number): number =>
  family(pid).reduce((sum, member) => sum + Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${member}/status`))?.[1] ?? 0), 0) / 1024

const family = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(family)]

const childrenOf = (pid: number): readonly number[] => {
  const threads = list(`/proc/${pid}/task`)
  return threads.flatMap(thread => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))
}

const ticksOf = (pid: number): number => {
  // The command in brackets may hold spaces; user and system time are the 14th and 15th fields.
  const fields = read(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

/** Processes end while they are looked at. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
const list = (path: string): readonly string[] => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
