import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { systemClock } from '../../base/clock.ts'
import { pointBlock } from '../metrics/point-block.test-support.ts'
import { MetricTables } from '../metrics/metric-tables.ts'
import { TelemetryError } from './telemetry-error.ts'
import { openScratch, removeScratch, scratchFolder } from './telemetry.test-support.ts'

const folders: string[] = []
const newFolder = (): string => {
  const folder = scratchFolder()
  folders.push(folder)
  return folder
}
afterAll(() => folders.forEach(removeScratch))

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A process that nobody has buried yet can still be signalled, but has no command line any more.
    return !existsSync('/proc/self/cmdline') || readFileSync(`/proc/${pid}/cmdline`).length > 0
  } catch {
    return false
  }
}
const ended = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 5))
}
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400 - 43_200

describe('a killed engine', () => {
  test('is started again; reads are repeated by themselves, writes say that they may be', async () => {
    const telemetry = await openScratch(newFolder())
    try {
      process.kill(telemetry.status().pid!, 'SIGKILL')
      expect(await telemetry.query('quick', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      expect(telemetry.status()).toMatchObject({ state: 'ready', restarts: 1 })
      const write = telemetry.command('INSERT INTO metric_points_60 SELECT 1, now(), sleepEachRow(3), 1 FROM numbers(1)')
      const refused = write.then(() => undefined, (error: unknown) => error)
      await telemetry.query('quick', 'SELECT 1')
      process.kill(telemetry.status().pid!, 'SIGKILL')
      const error = await refused
      expect(error).toBeInstanceOf(TelemetryError)
      expect(error).toMatchObject({ kind: 'unavailable', retryable: true })
      await telemetry.command('INSERT INTO metric_points_60 SELECT 1, now(), 1, 1')
    } finally {
      await telemetry.close()
    }
  })

  test('neither loses nor doubles points whose writes are repeated until they succeed', async () => {
    const telemetry = await openScratch(newFolder())
    try {
      const tables = await MetricTables.open(telemetry, systemClock)
      const chance = seededEntropy(11)
      let running = true
      const killer = (async () => {
        for (let kills = 0; kills < 3 && running; kills++) {
          await new Promise(resolve => setTimeout(resolve, 20 + chance.fraction() * 60))
          await telemetry.query('quick', 'SELECT 1')
          const { pid } = telemetry.status()
          if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL')
        }
      })()
      const writes = 30
      let refusals = 0
      for (let write = 0; write < writes; write++) {
        // Two partitions each: one of them may be in and the other not.
        const block = pointBlock([1n, NOON + write, write], [1n, NOON - 86_400, write], [2n, NOON, 1])
        for (;;) {
          try {
            await tables.writePoints(60, block, `write ${write}`)
            break
          } catch (error) {
            if (!(error instanceof TelemetryError) || !error.retryable) throw error
            refusals++
          }
        }
      }
      running = false
      await killer
      const sql = 'SELECT series, count() AS n, sum(value) AS total FROM metric_points_60 WHERE series != 0 GROUP BY series ORDER BY series'
      const total = (writes * (writes - 1)) / 2
      expect(await telemetry.query('quick', sql)).toEqual([{ series: '1', n: String(2 * writes), total: 2 * total }, { series: '2', n: String(writes), total: writes }])
      expect(telemetry.status().restarts).toBeGreaterThan(1)
      expect(refusals).toBeGreaterThan(0)
    } finally {
      await telemetry.close()
    }
  })
})

describe('a killed server', () => {
  const FIXTURE = fileURLToPath(new URL('./telemetry.test-support.ts', import.meta.url))
  /** Another process that opens the folder and then only lives; answers it with its engine's pid. */
  const openElsewhere = async (folder: string): Promise<{ readonly server: ChildProcess; readonly engine: number }> => {
    const code = `import { openScratch } from ${JSON.stringify(FIXTURE)}; const t = await openScratch(${JSON.stringify(folder)}); console.log(t.status().pid)`
    const server = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(server.stdout!, 'data')) as [Buffer]
    return { server, engine: Number(line.toString()) }
  }

  test('takes its engine with it', async () => {
    const folder = newFolder()
    const { server, engine } = await openElsewhere(folder)
    server.kill('SIGKILL')
    await ended(engine)
    const before = performance.now()
    const telemetry = await openScratch(folder)
    expect(performance.now() - before).toBeLessThan(5_000)
    await telemetry.close()
  })

  test('leaves an engine that hangs: the next server ends it', async () => {
    const folder = newFolder()
    const { server, engine } = await openElsewhere(folder)
    process.kill(engine, 'SIGSTOP')
    server.kill('SIGKILL')
    await once(server, 'exit')
    expect(isAlive(engine)).toBe(true)
    const before = performance.now()
    const telemetry = await openScratch(folder)
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(isAlive(engine)).toBe(false)
    expect(await telemetry.query('quick', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await telemetry.close()
  })
})

describe('a clean stop', () => {
  test('waits for what was asked before and leaves no process, socket or spool', async () => {
    const folder = newFolder()
    const telemetry = await openScratch(folder)
    const { pid } = telemetry.status()
    const last = telemetry.query('slow', 'SELECT sleep(0.5) AS slept')
    await telemetry.query('quick', 'SELECT 1')
    await telemetry.close()
    expect(await last).toEqual([{ slept: 0 }])
    expect(isAlive(pid!)).toBe(false)
    expect(readdirSync(folder).sort()).toEqual(['engine', 'engine.pid', 'engine.xml'])
    await expect(telemetry.query('quick', 'SELECT 1')).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('works from a folder whose path is too long for a socket, and keeps everything private', async () => {
    const folder = join(newFolder(), 'a'.repeat(60), 'b'.repeat(60))
    mkdirSync(folder, { recursive: true })
    const telemetry = await openScratch(folder)
    expect(await telemetry.query('quick', 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(existsSync(join(folder, 'engine.sock'))).toBe(false)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'engine')).mode & 0o777).toBe(0o700)
    await telemetry.close()
  })
})
