import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { LogExport, LogExportStatus } from '../../model/log-export.ts'
import type { LogGroup } from '../../model/log.ts'
import { ExportFailed } from './export-failed.ts'
import type { ExportBook, ExportGroups, ExportObjects, ExportReads } from './ports.ts'
import { streamFiles } from './stream-files.ts'

interface Parts {
  readonly book: ExportBook
  readonly groups: ExportGroups
  readonly reads: ExportReads
  readonly objects: ExportObjects
  readonly clock: Clock
  readonly log: Log
}

const STREAMS = 1_000
const PROBE = 'aws-logs-write-test'

/** Somebody cancelled it, or the server stops. */
class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Writes exports into buckets, one after the other. What a stop interrupts is begun anew: its objects have the same keys then. */
export class LogExportRuns {
  readonly #parts: Parts
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Leaves what AWS leaves at the top of a bucket that it is to export into; answers why that cannot be done. */
  async probe(tenant: Tenant, bucket: string): Promise<string | undefined> {
    try {
      const written = await this.#parts.objects.write(tenant, bucket, PROBE, once(Buffer.from('Permission Check Successful')))
      return written ? undefined : 'The given bucket does not exist. Please make sure the bucket is valid.'
    } catch (error) {
      if (error instanceof ExportFailed) return error.message
      throw error
    }
  }

  /** There may be something to do. */
  wake(): void {
    this.#running = this.#running.then(() => this.#runAll())
  }

  /** Resolves when all that was asked for is done. */
  settled(): Promise<void> {
    return this.#running
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #runAll(): Promise<void> {
    try {
      for (const task of await this.#parts.book.active()) if (!this.#stopped) await this.#run(task)
    } catch (error) {
      this.#parts.log.error({ error: String(error) }, 'exports of log events could not be run')
    }
  }

  async #run(task: LogExport): Promise<void> {
    const { book, clock, log } = this.#parts
    const end = (from: readonly LogExportStatus[], to: LogExportStatus, message?: string) => book.move(task.id, from, to, message, clock.now())
    if (task.status !== 'PENDING_CANCEL' && (await book.move(task.id, ['PENDING', 'RUNNING'], 'RUNNING'))) {
      try {
        await this.#write(task)
        await end(['RUNNING'], 'COMPLETED', 'Completed successfully')
      } catch (error) {
        if (this.#stopped && error instanceof Interrupted) return
        if (!(error instanceof Interrupted)) {
          if (!(error instanceof ExportFailed)) log.error({ task: task.id, error: String(error) }, 'an export of log events failed')
          await end(['RUNNING'], 'FAILED', error instanceof ExportFailed ? error.message : 'The events could not be exported.')
        }
      }
    }
    await end(['PENDING_CANCEL'], 'CANCELLED')
  }

  async #write(task: LogExport): Promise<void> {
    const { groups, reads, objects } = this.#parts
    const { tenant, id, bucket, prefix, from } = task
    const group = groups.byId(task.group.id)
    if (group === undefined) throw new ExportFailed('The specified log group does not exist.')
    const goOn = () => this.#goOn(task)
    for await (const stream of this.#streams(group, task.streamPrefix)) {
      let number = 0
      for await (const bytes of streamFiles(reads, { group, streams: [stream], from, to: task.to + 1 }, goOn)) {
        const key = `${prefix}/${id}/${stream.replaceAll('/', '-')}/${String(number++).padStart(6, '0')}.gz`
        if (!(await objects.write(tenant, bucket, key, bytes))) throw new ExportFailed('The given bucket does not exist.')
      }
    }
  }

  async *#streams({ id }: LogGroup, prefix: string | undefined): AsyncGenerator<string> {
    let after: { readonly name: string; readonly lastEvent: number } | undefined
    for (;;) {
      const page = await this.#parts.groups.streams(id, { orderBy: 'name', descending: false, prefix, after, limit: STREAMS })
      for (const { name } of page) yield name
      const last = page.at(-1)
      if (last === undefined || page.length < STREAMS) return
      after = { name: last.name, lastEvent: 0 }
    }
  }

  async #goOn({ tenant, id }: LogExport): Promise<void> {
    if (this.#stopped || (await this.#parts.book.get(tenant, id))?.status !== 'RUNNING') throw new Interrupted()
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
