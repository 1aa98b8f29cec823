import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** User and system time of a process and of all its living descendants, in seconds. Linux only. */
export const cpuSeconds = (pid: number): number => family(pid).reduce((sum, member) => sum + ticksOf(member), 0) / TICKS_PER_SECOND

export interface Memory {
  /** Resident MiB, added up: what two processes share counts twice. */
  readonly resident: number
  /** Proportional MiB: what is shared (two processes of one binary) is split between those who share it. */
  readonly proportional: number
}

/** Memory of a process and of all its living descendants. */
export const memoryOf = (pid: number): Memory => {
  const parts = family(pid).map(member => read(`/proc/${member}/smaps_rollup`))
  const sum = (field: string): number => parts.reduce((total, text) => total + Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0), 0) / 1024
  return { resident: sum('Rss'), proportional: sum('Pss') }
}

/** The processes that a process has started and that live. */
export const childrenOf = (pid: number): readonly number[] => {
  const threads = list(`/proc/${pid}/task`)
  return threads.flatMap(thread => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number))
}

/** Resolves when the process and its descendants use less than a twentieth of a processor for a second: what was put off is done. */
export const atRest = async (pid: number, patienceSeconds = 20): Promise<void> => {
  for (let second = 0, before = cpuSeconds(pid); second < patienceSeconds; second++) {
    await delay(1000)
    const now = cpuSeconds(pid)
    if (now - before < 0.05) return
    before = now
  }
}

const family = (pid: number): readonly number[] => [pid, ...childrenOf(pid).flatMap(family)]

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
