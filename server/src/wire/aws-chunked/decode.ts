import { Fault } from '../fault.ts'
import type { Seals } from './seals.ts'

interface ChunkedBody {
  readonly source: AsyncIterable<Uint8Array>
  /** Bytes that all chunks together are said to hold. */
  readonly length: number
  /** Undefined where chunks are not signed, or nobody checks it. */
  readonly seals: Seals | undefined
  /** Whether lines of trailers follow the last chunk. */
  readonly trailing: boolean
  /** Called once, at the end, with what followed. */
  readonly onTrailers: (trailers: Readonly<Record<string, string>>) => void
}

/** A chunk's line with its signature takes 90 bytes. */
const MAX_LINE = 1024
/** AWS's limit for all headers. */
const MAX_TRAILERS = 8 * 1024
/** Clients send 64 kB to 1 MB; this is S3's limit for a whole body. */
const MAX_CHUNK = 5 * 1024 ** 3

/**
 * Undoes `aws-chunked`: `<hex length>[;chunk-signature=…]\r\n<bytes>\r\n`, up to a chunk of length 0, then trailers. Bytes are passed on
 * as they come; whoever keeps them keeps nothing unless the end is reached, where the last signature has held. Throws Faults.
 */
export async function* decodeChunked({ source, length, seals, trailing, onTrailers }: ChunkedBody): AsyncGenerator<Uint8Array> {
  const input = new Input(source)
  let total = 0
  for (;;) {
    const header = await input.line(MAX_LINE)
    const [, digits = '', extension] = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header) ?? []
    const size = Number.parseInt(digits, 16)
    if (Number.isNaN(size) || size > MAX_CHUNK) throw invalid()
    if (seals !== undefined && extension === undefined) throw invalid()
    total += size
    if (total > length) throw incomplete()
    for (let left = size; left > 0; ) {
      const bytes = await input.some(left)
      left -= bytes.length
      seals?.add(bytes)
      yield bytes
    }
    seals?.chunk(extension ?? '')
    if (size === 0) break
    if ((await input.line(0)) !== '') throw invalid()
  }
  if (total !== length) throw incomplete()
  onTrailers(await readTrailers(input, trailing, seals))
  if (!(await input.ended())) throw invalid()
}

const readTrailers = async (input: Input, trailing: boolean, seals: Seals | undefined): Promise<Readonly<Record<string, string>>> => {
  const trailers: Record<string, string> = {}
  let lines = ''
  let signature: string | undefined
  for (;;) {
    const line = await input.lineOrEnd(MAX_LINE)
    if (line === '') break
    const colon = line.indexOf(':')
    if (!trailing || colon < 1 || lines.length > MAX_TRAILERS) throw malformedTrailer()
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    if (!/^[\w-]+$/.test(name) || name === '__proto__') throw malformedTrailer()
    if (name === 'x-amz-trailer-signature') signature = value
    else {
      lines += `${name}:${value}\n`
      trailers[name] = value
    }
  }
  if (seals !== undefined && trailing) seals.trailer(lines, signature ?? '')
  return trailers
}

/** Bytes as they come, taken in lines or in pieces. */
class Input {
  readonly #pieces: AsyncIterator<Uint8Array>
  #piece: Uint8Array = new Uint8Array(0)
  #done = false

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]()
  }

  /** At least one byte and at most `most`. */
  async some(most: number): Promise<Uint8Array> {
    if (!(await this.#fill())) throw incomplete()
    const bytes = this.#piece.subarray(0, most)
    this.#piece = this.#piece.subarray(bytes.length)
    return bytes
  }

  /** Up to the next line's end, which is left out. */
  async line(most: number): Promise<string> {
    const line = await this.#line(most)
    if (line === undefined) throw incomplete()
    return line
  }

  /** Empty at the end, too: some clients leave the last line's end out. */
  async lineOrEnd(most: number): Promise<string> {
    return (await this.#fill()) ? this.line(most) : ''
  }

  async ended(): Promise<boolean> {
    return !(await this.#fill())
  }

  async #line(most: number): Promise<string | undefined> {
    let line = ''
    while (await this.#fill()) {
      const end = this.#piece.indexOf(10)
      const upTo = end === -1 ? this.#piece.length : end
      if (line.length + upTo > most + 1) throw invalid()
      line += Buffer.from(this.#piece.buffer, this.#piece.byteOffset, upTo).toString('latin1')
      this.#piece = this.#piece.subarray(end === -1 ? upTo : upTo + 1)
      if (end === -1) continue
      if (!line.endsWith('\r')) throw invalid()
      return line.slice(0, -1)
    }
    return undefined
  }

  async #fill(): Promise<boolean> {
    while (this.#piece.length === 0 && !this.#done) {
      const next = await this.#pieces.next()
      if (next.done === true) this.#done = true
      else this.#piece = next.value
    }
    return this.#piece.length > 0
  }
}

export const incomplete = (): Fault =>
  new Fault('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header')

const invalid = (): Fault => new Fault('InvalidRequest', 'The body is not in the form that aws-chunked asks for.')

const malformedTrailer = (): Fault => new Fault(
  'MalformedTrailerError',
  'The request contained trailing data that was not well-formed or did not conform to our published schema.',
)
