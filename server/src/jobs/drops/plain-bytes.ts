import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BrokenObject } from './broken-object.ts'

/** What logs become at most: text packs to a tenth or a thirtieth, long runs of the same byte to a thousandth. */
const LARGEST_RATIO = 200
/** Small objects may be packed better than that. */
const ALWAYS_ALLOWED = 64 * 1024 * 1024

/** The object's bytes, unpacked where they are gzip, whatever the object is called. Throws {@link BrokenObject}. */
export const plainBytes = async function* (source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  try {
    const first: Uint8Array[] = []
    let length = 0
    while (length < 2) {
      const next = await iterator.next()
      if (next.done === true) break
      first.push(next.value)
      length += next.value.length
    }
    const head = Buffer.concat(first)
    const all = rest(head, iterator)
    yield* head[0] === 0x1f && head[1] === 0x8b ? unpacked(all, Math.max(ALWAYS_ALLOWED, size * LARGEST_RATIO)) : all
  } finally {
    await iterator.return?.()
  }
}

const rest = async function* (head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (;;) {
    const next = await iterator.next()
    if (next.done === true) return
    yield next.value
  }
}

const unpacked = async function* (packed: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false })
  const gunzip = createGunzip()
  source.on('error', error => gunzip.destroy(error))
  let bytes = 0
  try {
    for await (const piece of source.pipe(gunzip) as AsyncIterable<Uint8Array>) {
      bytes += piece.length
      if (bytes > most) throw new BrokenObject('bomb', `It unpacks to more than ${most} bytes, which no log does.`)
      yield piece
    }
  } catch (error) {
    throw isZlibError(error) ? new BrokenObject('gzip', `It cannot be unpacked: ${error.message}.`) : error
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}

const isZlibError = (error: unknown): error is Error => error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
