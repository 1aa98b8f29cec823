import type { ChecksumAlgorithm } from '../../base/checksum.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { ObjectChecksum } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { algorithmNamed, Digests, headerChecksum, type Checksums } from './checksums.ts'
import { invalidRequest } from './faults.ts'
import type { BodyStore } from './ports.ts'

/** A body as the door hands it over: bytes that were checked, and what came behind them. */
export interface StreamedBody extends AsyncIterable<Uint8Array> {
  /** Headers that will come behind the bytes, in lower case. */
  readonly announced: readonly string[]
  /** Members of the input that came behind the bytes, once they have been read. */
  readonly trailing: Readonly<Record<string, unknown>>
}

interface Incoming extends Checksums {
  readonly ContentMD5?: string | undefined
}

interface Expected {
  /** The algorithm where the sender gives no checksum; undefined: none is shown then. */
  readonly algorithm: ChecksumAlgorithm | undefined
  /** Of a part: the only algorithm that its sender may use, in an upload that was begun with one. */
  readonly only?: ChecksumAlgorithm | undefined
  /** Of a part: the checksum that is kept of it, whatever its sender gives. */
  readonly kept?: ChecksumAlgorithm | undefined
}

interface ReceivedBody {
  /** Undefined for an empty body. */
  readonly blob: string | undefined
  readonly size: number
  readonly etag: string
  readonly checksum: ObjectChecksum | undefined
  /** In base64. */
  readonly kept: string | undefined
}

/** Writes the body down, and holds it against all that is said of it; of one that does not fit, nothing is left. */
export const receiveBody = async (
  { bodies, entropy }: { readonly bodies: BodyStore; readonly entropy: Entropy },
  input: Incoming,
  body: StreamedBody,
  { algorithm, only, kept }: Expected,
): Promise<ReceivedBody> => {
  const { ContentMD5: md5 } = input
  if (md5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
    throw new Fault('InvalidDigest', 'The Content-MD5 you specified was invalid.', { members: { 'Content-MD5': md5.slice(0, 256) } })
  }
  const announced = body.announced.flatMap(name => /^x-amz-checksum-(\w+)$/.exec(name)?.[1]?.toUpperCase() ?? [])[0]
  const said = headerChecksum(input)?.algorithm ?? algorithmNamed(announced)
  if (said !== undefined && only !== undefined && said !== only) {
    const [expected, actual] = [only.toLowerCase(), said.toLowerCase()]
    throw invalidRequest(`Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`)
  }
  const digests = new Digests({ algorithm: said ?? algorithm, kept })
  const blob = newBlob(entropy)
  const size = await bodies.write(blob, digests.over(body))
  // S3 shows the digest of an object in hex again, and of a part as it came.
  const expected = (text: string) => (kept === undefined ? Buffer.from(text, 'base64').toString('hex') : text)
  try {
    return { blob: size === 0 ? undefined : blob, size, ...digests.finish({ ...input, ...(body.trailing as Checksums) }, md5, expected) }
  } catch (error) {
    await bodies.remove([blob])
    throw error
  }
}

/** Bytes that are here already, as if they came. */
export const bodyOf = (bytes: AsyncIterable<Uint8Array>): StreamedBody => ({
  announced: [],
  trailing: {},
  [Symbol.asyncIterator]: () => bytes[Symbol.asyncIterator](),
})

export const newBlob = (entropy: Entropy): string => entropy.uuid().replaceAll('-', '')
