import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { LogQueryRow } from '../../model/log-query.ts'

/** Results that were just made or read stay in memory: they are asked for page by page. */
const KEPT_ROWS = 200_000
/** All files together; the oldest go first. */
const MAX_BYTES = 2_000_000_000
/** Characters: compressing a handful of rows takes longer than finding them. */
const COMPRESSED_FROM = 262_144

/** Results of queries that are over, a file each. A lost file is no disaster: the query can be run again. */
export class QueryResults {
  readonly #folder: string
  readonly #recent = new Map<string, readonly LogQueryRow[]>()

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(folder: string): Promise<QueryResults> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new QueryResults(folder)
  }

  async put(id: string, rows: readonly LogQueryRow[]): Promise<void> {
    this.#keep(id, rows)
    if (rows.length === 0) return
    const text = JSON.stringify(rows)
    const small = text.length < COMPRESSED_FROM
    const path = join(this.#folder, `${id}.part`)
    await writeFile(path, small ? text : await compressed(text, { level: 1 }), { mode: 0o600 })
    await rename(path, small ? this.#plain(id) : this.#compressed(id))
  }

  /** Undefined when they are not there any more. */
  async get(id: string): Promise<readonly LogQueryRow[] | undefined> {
    const recent = this.#recent.get(id)
    if (recent !== undefined) return recent
    const plain = await readFile(this.#plain(id)).catch(unlessAbsent)
    const bytes = plain ?? (await readFile(this.#compressed(id)).then(expanded, unlessAbsent))
    if (bytes === undefined) return undefined
    const rows = JSON.parse(bytes.toString()) as readonly LogQueryRow[]
    this.#keep(id, rows)
    return rows
  }

  /** Removes what nobody knows of, and the oldest where all files together are too large. */
  async tidy(known: (id: string) => boolean): Promise<void> {
    const files: { readonly path: string; readonly bytes: number; readonly at: number }[] = []
    for (const name of await readdir(this.#folder)) {
      const path = join(this.#folder, name)
      const found = await stat(path).catch(unlessAbsent)
      if (found === undefined) continue
      if (!known(name.replace(/\..*$/, ''))) await unlink(path).catch(unlessAbsent)
      else files.push({ path, bytes: found.size, at: found.mtimeMs })
    }
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const { path, bytes } of files.sort((a, b) => a.at - b.at)) {
      if (total <= MAX_BYTES) return
      await unlink(path).catch(unlessAbsent)
      total -= bytes
    }
  }

  #plain(id: string): string {
    return join(this.#folder, `${id}.json`)
  }

  #compressed(id: string): string {
    return join(this.#folder, `${id}.json.gz`)
  }

  #keep(id: string, rows: readonly LogQueryRow[]): void {
    this.#recent.delete(id)
    this.#recent.set(id, rows)
    let total = 0
    for (const [each, { length }] of [...this.#recent].reverse()) {
      total += length
      if (total > KEPT_ROWS && each !== id) this.#recent.delete(each)
    }
  }
}

const compressed = promisify<string, { readonly level: number }, Buffer>(gzip)
const expanded = promisify<Buffer, Buffer>(gunzip)

const unlessAbsent = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  return undefined
}
