import type { Entropy } from '../../base/entropy.ts'
import type { ObjectChecksum } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { algorithmNamed, Digests, givenChecksum, type Checksums } from './checksums.ts'
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
  readonly ChecksumAlgorithm?: string | undefined
}

interface ReceivedBody {
  /** Undefined for an empty body. */
  readonly blob: string | undefined
  readonly size: number
  readonly etag: string
  readonly checksum: ObjectChecksum | undefined
}

/** Writes the body down, and holds it against all that is said of it; of one that does not fit, nothing is left. */
export const receiveBody = async (
  { bodies, entropy }: { readonly bodies: BodyStore; readonly entropy: Entropy },
  input: Incoming,
  body: StreamedBody,
): Promise<ReceivedBody> => {
  const { ContentMD5: md5 } = input
  if (md5 !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(md5)) {
    throw new Fault('InvalidDigest', 'The Content-MD5 you specified is not valid.')
  }
  const announced = body.announced.flatMap(name => /^x-amz-checksum-(\w+)$/.exec(name)?.[1]?.toUpperCase() ?? [])[0]
  const digests = new Digests(givenChecksum(input)?.algorithm ?? algorithmNamed(announced ?? input.ChecksumAlgorithm))
  const blob = newBlob(entropy)
  const size = await bodies.write(blob, digests.over(body))
  try {
    return { blob: size === 0 ? undefined : blob, size, ...digests.finish({ ...input, ...(body.trailing as Checksums) }, md5) }
  } catch (error) {
    await bodies.remove([blob])
    throw error
  }
}

export const newBlob = (entropy: Entropy): string => entropy.uuid().replaceAll('-', '')
