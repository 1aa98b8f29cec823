import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { LogPageRead } from '../../model/log-read.ts'
import type { ExportReads } from './ports.ts'

/** Bytes of a file, before it is compressed. */
const FILE_BYTES = 100_000_000
const PAGE = 10_000

/** The events of a stream as files: lines of a time and a message, as AWS exports them. One file is read at a time, and to its end. */
export async function* streamFiles(
  reads: ExportReads, range: Pick<LogPageRead, 'group' | 'streams' | 'from' | 'to'>, goOn: () => Promise<void>, fileBytes = FILE_BYTES,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const pages = linesOf(reads, range, goOn)
  let next = await pages.next()
  while (next.done !== true) {
    let bytes = 0
    const file = async function* (): AsyncGenerator<Buffer> {
      for (; next.done !== true && bytes < fileBytes; next = await pages.next()) {
        bytes += next.value.length
        yield next.value
      }
    }
    // What the source throws, the reader of the compressed bytes is told.
    yield pipeline(Readable.from(file()), createGzip(), () => undefined)
  }
}

async function* linesOf(reads: ExportReads, range: Pick<LogPageRead, 'group' | 'streams' | 'from' | 'to'>, goOn: () => Promise<void>): AsyncGenerator<Buffer> {
  let boundary: LogPageRead['boundary']
  for (;;) {
    await goOn()
    const events = await reads.page({ ...range, boundary, descending: false, limit: PAGE, unmask: false })
    const last = events.at(-1)
    if (last === undefined) return
    boundary = { timestamp: last.timestamp, seq: last.seq + 1n }
    yield Buffer.from(events.map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}\n`).join(''))
  }
}
