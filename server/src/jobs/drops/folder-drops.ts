import { lstat, open, opendir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { DropVersion } from '../../model/drop.ts'
import { Rounds } from '../rounds.ts'
import { BrokenObject } from './broken-object.ts'
import { groupName, streamName } from './destination.ts'
import type { DropTaker } from './drop-taker.ts'
import type { DropBook } from './ports.ts'

/** A folder of this machine whose files hold logs. */
export interface WatchedFolder {
  readonly path: string
  /** Undefined: `/drops/` and the folder's name. */
  readonly logGroup: string | undefined
}

interface Parts {
  readonly folders: readonly WatchedFolder[]
  readonly tenant: Tenant
  readonly book: DropBook
  readonly taker: DropTaker
  readonly clock: Clock
  readonly log: Log
}

const INTERVAL = millis(2_000)
/** More in one folder are somebody's archive, which would be listed for ever. */
const MOST_FILES = 100_000
/** Names under which files are still being written. */
const UNFINISHED = /^\.|\.(?:tmp|part|partial|swp|crdownload)$|~$/

/** Takes each file of the watched folders once it has not changed between two looks; one that changes later is another version. */
export class FolderDrops {
  readonly #parts: Parts
  readonly #taken = new Map<string, Map<string, string>>()
  readonly #seen = new Map<string, ReadonlyMap<string, DropVersion>>()
  readonly #rounds: Rounds
  #trouble: string | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#rounds = new Rounds({ clock: parts.clock, round: () => this.#look(), pause: () => INTERVAL })
  }

  start(): void {
    if (this.#parts.folders.length > 0) this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Something was taken out of the quarantine: what was taken is asked for anew. */
  retry(): void {
    this.#taken.clear()
  }

  /** Why the last look failed. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  async #look(): Promise<void> {
    let trouble: string | undefined
    for (const folder of this.#parts.folders) {
      try {
        await this.#lookInto(folder)
      } catch (error) {
        trouble = `${folder.path}: ${error instanceof Error ? error.message : String(error)}`
        if (this.#trouble === undefined) this.#parts.log.error({ folder: folder.path, error: String(error) }, 'a watched folder could not be taken')
      }
    }
    this.#trouble = trouble
  }

  async #lookInto({ path, logGroup = groupName(`/drops/${basename(path)}`) }: WatchedFolder): Promise<void> {
    const { book, taker, tenant, clock } = this.#parts
    const taken = this.#taken.get(path) ?? new Map((await book.known(tenant, path)).map(({ key, version }) => [key, version]))
    this.#taken.set(path, taken)
    const found = await this.#files(path)
    const before = this.#seen.get(path)
    this.#seen.set(path, found)
    const gone = new Set([...taken].flatMap(([key, version]) => (found.get(key)?.version === version ? [] : [version])))
    for (const [key, version] of found) {
      if (this.#rounds.stopped) return
      if (taken.get(key) === version.version || before?.get(key)?.version !== version.version) continue
      const file = join(path, key)
      const stream = streamName(key)
      // The same file under another name, as rotation leaves it.
      if (gone.has(version.version)) await book.finish(version, { place: { logGroup, stream, events: 0 }, broken: undefined, passed: undefined, at: clock.now() })
      else if ((await taker.take({ version, logGroup, stream, read: () => readExactly(file, version) })) === 'left') return
      const older = taken.get(key)
      taken.set(key, version.version)
      if (older !== undefined) await book.forget(tenant, path, key, older)
    }
    const waiting = new Set([...found].flatMap(([key, { version }]) => (taken.get(key) === version ? [] : [version])))
    for (const [key, version] of taken) {
      if (found.has(key) || waiting.has(version)) continue
      taken.delete(key)
      await book.forget(tenant, path, key, version)
    }
  }

  async #files(path: string): Promise<ReadonlyMap<string, DropVersion>> {
    const found = new Map<string, DropVersion>()
    for await (const entry of await opendir(path, { recursive: true })) {
      const file = join(entry.parentPath, entry.name)
      const key = relative(path, file).split(sep).join('/')
      // Links are not followed: they would lead out of the folder.
      if (!entry.isFile() || key.split('/').some(name => UNFINISHED.test(name))) continue
      if (found.size === MOST_FILES) throw new Error(`it has more than ${MOST_FILES} files`)
      const version = await this.#version(path, file, key)
      if (version !== undefined && version.size > 0) found.set(key, version)
    }
    return found
  }

  /** Undefined: it has gone meanwhile. */
  async #version(source: string, file: string, key: string): Promise<DropVersion | undefined> {
    try {
      const { ino, size, mtimeMs } = await lstat(file)
      return { tenant: this.#parts.tenant, source, key, version: `${ino}-${size}-${mtimeMs}`, size, modifiedAt: epochMillis(Math.floor(mtimeMs)) }
    } catch (error) {
      if (isGone(error)) return undefined
      throw error
    }
  }
}

/** The bytes that the version has; what is written behind them is the next version's. */
const readExactly = async (file: string, { size }: DropVersion): Promise<AsyncIterable<Uint8Array>> => {
  try {
    const handle = await open(file)
    return handle.createReadStream({ start: 0, end: size - 1 }) as AsyncIterable<Uint8Array>
  } catch (error) {
    // What was moved away meanwhile is not broken.
    throw isGone(error) ? error : new BrokenObject('unreadable', error instanceof Error ? error.message : String(error))
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
