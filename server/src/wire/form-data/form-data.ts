import { Fault } from '../fault.ts'

/** Bytes of all fields before the file, as S3 has it, and of a part's headers. */
const MOST_FIELDS = 20_480
const MOST_HEAD = 8_192

/** A form as it comes: the fields before its file, by their names in lower case, and the file, which is read once. */
export interface UploadForm {
  readonly fields: ReadonlyMap<string, string>
  /** What the sender calls the file; `''` where he does not say. */
  readonly fileName: string
  readonly file: AsyncIterable<Uint8Array>
}

/** The boundary of `multipart/form-data`; undefined where the body is something else. */
export const formBoundary = (contentType: string | undefined): string | undefined =>
  /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '')?.slice(1).find(text => text !== undefined)

/** Reads up to the part named `file`. https://www.rfc-editor.org/rfc/rfc7578; throws S3's faults. */
export const readUploadForm = async (source: AsyncIterable<Uint8Array>, boundary: string): Promise<UploadForm> => {
  const parts = new Parts(source, boundary)
  const fields = new Map<string, string>()
  let size = 0
  for (let head = await parts.next(); head !== undefined; head = await parts.next()) {
    if (head.name === 'file') return { fields, fileName: head.fileName, file: parts.content() }
    const pieces: Uint8Array[] = []
    for await (const piece of parts.content()) {
      size += piece.length
      if (size > MOST_FIELDS) {
        const members = { MaxPostPreDataLength: String(MOST_FIELDS) }
        throw new Fault('MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the upload file were too large.', { members })
      }
      pieces.push(piece)
    }
    fields.set(head.name, Buffer.concat(pieces).toString())
  }
  throw new Fault('InvalidArgument', 'POST requires exactly one file upload per request.', { members: { ArgumentName: 'file', ArgumentValue: '0' } })
}

interface PartHead {
  readonly name: string
  readonly fileName: string
}

/** One part after the other; keeps no more than a piece and a boundary. */
class Parts {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #delimiter: Buffer
  // The first boundary has no line before it.
  #bytes: Buffer = Buffer.from('\r\n')
  /** What comes before the first boundary is nobody's. */
  #isOpen = true

  constructor(source: AsyncIterable<Uint8Array>, boundary: string) {
    this.#source = source[Symbol.asyncIterator]()
    this.#delimiter = Buffer.from(`\r\n--${boundary}`)
  }

  /** Undefined behind the last one. */
  async next(): Promise<PartHead | undefined> {
    if (this.#isOpen) for await (const _ of this.content());
    while (this.#bytes.length < 2) await this.#fill()
    if (this.#bytes.subarray(0, 2).toString() === '--') return undefined
    let end = -1
    while ((end = this.#bytes.indexOf('\r\n\r\n')) === -1) {
      if (this.#bytes.length > MOST_HEAD) throw malformed()
      await this.#fill()
    }
    const head = this.#bytes.subarray(0, end).toString()
    this.#bytes = this.#bytes.subarray(end + 4)
    const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? ''
    this.#isOpen = true
    const name = /(?:^|[;\s])name="([^"]*)"/i.exec(disposition)?.[1]
    if (name === undefined) throw malformed()
    return { name: name.toLowerCase(), fileName: /(?:^|[;\s])filename="([^"]*)"/i.exec(disposition)?.[1] ?? '' }
  }

  /** Up to the next boundary, which is passed. */
  async *content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#bytes.indexOf(this.#delimiter)
      const safe = at === -1 ? this.#bytes.length - this.#delimiter.length + 1 : at
      if (safe > 0) yield this.#bytes.subarray(0, safe)
      if (at !== -1) {
        this.#bytes = this.#bytes.subarray(at + this.#delimiter.length)
        this.#isOpen = false
        return
      }
      if (safe > 0) this.#bytes = this.#bytes.subarray(safe)
      await this.#fill()
    }
  }

  async #fill(): Promise<void> {
    const next = await this.#source.next()
    if (next.done === true) throw malformed()
    this.#bytes = Buffer.concat([this.#bytes, next.value])
  }
}

const malformed = (): Fault => new Fault('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.')
