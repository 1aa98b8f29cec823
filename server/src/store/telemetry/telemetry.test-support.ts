import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { silentLog } from '../../base/log.ts'
import { openTelemetry, type Telemetry } from './telemetry.ts'

/** A real engine on a folder of its own, for tests. */
export const scratchFolder = (): string => mkdtempSync(join(tmpdir(), 'tocsin-telemetry-'))
export const openScratch = (folder: string): Promise<Telemetry> => openTelemetry({ folder, log: silentLog, clock: systemClock })
export const removeScratch = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** One engine for all tests of a file; it ends with them. */
export const scratchTelemetry = async (): Promise<Telemetry> => {
  const folder = scratchFolder()
  const telemetry = await openScratch(folder)
  afterAll(async () => {
    await telemetry.close()
    removeScratch(folder)
  })
  return telemetry
}
