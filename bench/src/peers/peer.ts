import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { BenchmarkOptions } from '../benchmark.ts'

/** Something whose speed on this machine, at this hour, says what ours is worth. */
export interface Peer {
  readonly name: string
  /** What must be on PATH; nothing is installed or downloaded. */
  readonly program: string
  /** Its figures by name, in the units of the benchmark that they stand against. */
  measure(options: BenchmarkOptions): Promise<Readonly<Record<string, number>>>
}

/** Where a program lies; undefined: it is not installed. */
export const onPath = (program: string): string | undefined => allOnPath(program)[0]

export const allOnPath = (program: string): readonly string[] =>
  (process.env['PATH'] ?? '').split(delimiter).map(folder => join(folder, program)).filter(isExecutable)

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

interface RunningPeer {
  readonly pid: number
  stop(): Promise<void>
}

const PATIENCE_SECONDS = 60

/** Starts a program and waits until `readyUrl` answers with success. */
export const startPeer = async (program: string, args: readonly string[], readyUrl: string): Promise<RunningPeer> => {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] })
  await once(child, 'spawn')
  for (const end = performance.now() + PATIENCE_SECONDS * 1000; !(await answers(readyUrl)); await delay(100)) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
    if (performance.now() > end) {
      await ended(child)
      throw new Error(`${program} did not answer at ${readyUrl}`)
    }
  }
  return { pid: child.pid!, stop: () => ended(child) }
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const end = once(child, 'exit')
  child.kill('SIGTERM')
  await end
}
