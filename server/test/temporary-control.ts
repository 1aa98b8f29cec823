import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { silentLog } from '../src/base/log.ts'
import { ManualClock } from '../src/base/manual-clock.ts'
import { accountId, region, type Tenant } from '../src/base/tenancy.ts'
import { epochMillis } from '../src/base/time.ts'
import { type ControlStore, openControl } from '../src/store/control/control-store.ts'
import type { CompileFilter } from '../src/store/control/outbox-rows.ts'

export const START = epochMillis(Date.UTC(2026, 0, 1))
export const OURS: Tenant = { account: accountId('111111111111'), region: region('us-east-1') }
/** The same account elsewhere, and somebody else: neither may ever show up for us. */
export const ELSEWHERE: Tenant = { account: OURS.account, region: region('eu-west-1') }
export const THEIRS: Tenant = { account: accountId('222222222222'), region: OURS.region }

/** A folder that is gone when the test is. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-control-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export interface TemporaryControl {
  readonly store: ControlStore
  readonly clock: ManualClock
  readonly file: string
}

/** A real control store on disk, on a clock that stands at {@link START}. */
export const temporaryControl = (compileFilter: CompileFilter = () => () => true): TemporaryControl => {
  const file = join(temporaryFolder(), 'control.db')
  const clock = new ManualClock(START)
  const store = openControl({ file, clock, log: silentLog, compileFilter })
  onTestFinished(() => store.close())
  return { store, clock, file }
}
