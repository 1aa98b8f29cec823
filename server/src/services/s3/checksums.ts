import { createHash } from 'node:crypto'
import { checksumHasher, combinedChecksum, isChecksum, isChecksumAlgorithm, type ChecksumAlgorithm } from '../../base/checksum.ts'
import type { ObjectChecksum } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { badDigest, invalidRequest, notHere } from './faults.ts'

/** The members by which requests and answers give checksums, in base64. */
export interface Checksums {
  readonly ChecksumCRC32?: string | undefined
  readonly ChecksumCRC32C?: string | undefined
  readonly ChecksumCRC64NVME?: string | undefined
  readonly ChecksumSHA1?: string | undefined
  readonly ChecksumSHA256?: string | undefined
  readonly ChecksumSHA512?: string | undefined
  readonly ChecksumMD5?: string | undefined
  readonly ChecksumXXHASH64?: string | undefined
  readonly ChecksumXXHASH3?: string | undefined
  readonly ChecksumXXHASH128?: string | undefined
}

/** The one checksum that is given, if any. */
export const givenChecksum = (given: Checksums): { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined => {
  const { ChecksumXXHASH64, ChecksumXXHASH3, ChecksumXXHASH128 } = given
  if ((ChecksumXXHASH64 ?? ChecksumXXHASH3 ?? ChecksumXXHASH128) !== undefined) throw notHere('checksums of the XXHash family')
  const known: readonly (readonly [ChecksumAlgorithm, string | undefined])[] = [
    ['CRC32', given.ChecksumCRC32],
    ['CRC32C', given.ChecksumCRC32C],
    ['CRC64NVME', given.ChecksumCRC64NVME],
    ['SHA1', given.ChecksumSHA1],
    ['SHA256', given.ChecksumSHA256],
    ['SHA512', given.ChecksumSHA512],
    ['MD5', given.ChecksumMD5],
  ]
  const found = known.flatMap(([algorithm, value]) => (value === undefined ? [] : [{ algorithm, value }]))
  if (found.length > 1) throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.')
  return found[0]
}

/** The one checksum that is given in headers, which must look like one. */
export const headerChecksum = (given: Checksums): ReturnType<typeof givenChecksum> => {
  const found = givenChecksum(given)
  if (found !== undefined && !isChecksum(found.algorithm, found.value)) {
    throw invalidRequest(`Value for x-amz-checksum-${found.algorithm.toLowerCase()} header is invalid.`)
  }
  return found
}

/** The one that S3 works out where the sender gives none. */
export const DEFAULT_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME'

/** As answers give it. */
export const shownChecksum = (checksum: ObjectChecksum | undefined): Checksums & { readonly ChecksumType?: ObjectChecksum['type'] } =>
  checksum === undefined ? {} : { ...bareChecksum(checksum), ChecksumType: checksum.type }

/** As answers give it where they say nothing of its type. */
export const bareChecksum = (checksum: Pick<ObjectChecksum, 'algorithm' | 'value'> | undefined): Checksums =>
  checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value }

export const algorithmNamed = (name: string | undefined): ChecksumAlgorithm | undefined => {
  if (name === undefined) return undefined
  if (isChecksumAlgorithm(name)) return name
  if (name.startsWith('XXHASH')) throw notHere('checksums of the XXHash family')
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, SHA1, SHA256]',
  )
}

/** What an object that was put in parts has; undefined where not every part has one. */
export const checksumOfParts = (
  { algorithm, type }: Pick<ObjectChecksum, 'type'> & { readonly algorithm: ChecksumAlgorithm },
  parts: readonly { readonly checksum: string | undefined; readonly size: number }[],
): ObjectChecksum | undefined => {
  const sums = parts.flatMap(({ checksum, size }) => (checksum === undefined ? [] : [{ checksum, size }]))
  if (sums.length < parts.length) return undefined
  if (type === 'FULL_OBJECT') {
    const value = combinedChecksum(algorithm, sums)
    return value === undefined ? undefined : { algorithm, value, type }
  }
  const hasher = checksumHasher(algorithm)
  for (const { checksum } of sums) hasher.add(Buffer.from(checksum, 'base64'))
  return { algorithm, value: `${hasher.digest()}-${parts.length}`, type, parts: sums.map(({ checksum }) => checksum) }
}

interface Wanted {
  /** What answers are to show, if anything. */
  readonly algorithm: ChecksumAlgorithm | undefined
  /** What is to be kept besides. */
  readonly kept?: ChecksumAlgorithm | undefined
}

/** What a body came to be. */
interface Digested {
  readonly etag: string
  readonly checksum: ObjectChecksum | undefined
  readonly kept: string | undefined
}

/** A body on its way: its MD5 and its checksums, against what its sender says of it. */
export class Digests {
  readonly #md5 = createHash('md5')
  readonly #wanted: Wanted
  readonly #hashers: ReadonlyMap<ChecksumAlgorithm, ReturnType<typeof checksumHasher>>

  constructor(wanted: Wanted) {
    this.#wanted = wanted
    const algorithms = new Set([wanted.algorithm, wanted.kept].flatMap(algorithm => algorithm ?? []))
    this.#hashers = new Map([...algorithms].map(algorithm => [algorithm, checksumHasher(algorithm)]))
  }

  async *over(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of source) {
      this.#md5.update(bytes)
      for (const hasher of this.#hashers.values()) hasher.add(bytes)
      yield bytes
    }
  }

  /** Once, at the end: throws BadDigest where what was given does not hold. `expected` is the MD5 as a refusal shows it again. */
  finish(given: Checksums, md5: string | undefined, expected: (md5: string) => string): Digested {
    const digest = this.#md5.digest()
    if (md5 !== undefined && !digest.equals(Buffer.from(md5, 'base64'))) {
      const members = { ExpectedDigest: expected(md5), CalculatedDigest: digest.toString('base64') }
      throw new Fault('BadDigest', 'The Content-MD5 you specified did not match what we received.', { members })
    }
    const { algorithm, kept } = this.#wanted
    const values = new Map([...this.#hashers].map(([name, hasher]) => [name, hasher.digest()]))
    const said = givenChecksum(given)
    if (said !== undefined && said.value !== values.get(said.algorithm)) {
      throw badDigest(`The ${said.algorithm} you specified did not match the calculated checksum.`)
    }
    const value = algorithm === undefined ? undefined : values.get(algorithm)
    const checksum = algorithm === undefined || value === undefined ? undefined : ({ algorithm, value, type: 'FULL_OBJECT' } as const)
    return { etag: digest.toString('hex'), checksum, kept: kept === undefined ? undefined : values.get(kept) }
  }
}
