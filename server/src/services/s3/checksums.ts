import { createHash } from 'node:crypto'
import { checksumHasher, isChecksumAlgorithm, type ChecksumAlgorithm } from '../../base/checksum.ts'
import type { ObjectChecksum } from '../../model/object.ts'
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

/** As answers give it. */
export const shownChecksum = (checksum: ObjectChecksum | undefined): Checksums & { readonly ChecksumType?: ObjectChecksum['type'] } =>
  checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }

export const algorithmNamed = (name: string | undefined): ChecksumAlgorithm | undefined => {
  if (name === undefined) return undefined
  if (isChecksumAlgorithm(name)) return name
  if (name.startsWith('XXHASH')) throw notHere('checksums of the XXHash family')
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  )
}

/** A checksum over the parts' checksums, which is what most algorithms give an object that was put in parts. */
export const compositeChecksum = (algorithm: ChecksumAlgorithm, parts: readonly string[]): ObjectChecksum => {
  const hasher = checksumHasher(algorithm)
  for (const part of parts) hasher.add(Buffer.from(part, 'base64'))
  return { algorithm, value: `${hasher.digest()}-${parts.length}`, type: 'COMPOSITE' }
}

/** A body on its way: its MD5 and its checksum, against what its sender says of it. */
export class Digests {
  readonly #md5 = createHash('md5')
  readonly #algorithm: ChecksumAlgorithm | undefined
  readonly #hasher: ReturnType<typeof checksumHasher> | undefined

  constructor(algorithm: ChecksumAlgorithm | undefined) {
    this.#algorithm = algorithm
    this.#hasher = algorithm === undefined ? undefined : checksumHasher(algorithm)
  }

  async *over(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const bytes of source) {
      this.#md5.update(bytes)
      this.#hasher?.add(bytes)
      yield bytes
    }
  }

  /** Once, at the end: throws BadDigest where what was given does not hold. */
  finish(given: Checksums, md5: string | undefined): { readonly etag: string; readonly checksum: ObjectChecksum | undefined } {
    const digest = this.#md5.digest()
    if (md5 !== undefined && !digest.equals(Buffer.from(md5, 'base64'))) {
      throw badDigest('The Content-MD5 you specified did not match what we received.')
    }
    const value = this.#hasher?.digest()
    const said = givenChecksum(given)
    if (said !== undefined && said.value !== value) {
      throw badDigest(`The ${said.algorithm} you specified did not match the calculated checksum.`)
    }
    const checksum = value === undefined || this.#algorithm === undefined
      ? undefined
      : ({ algorithm: this.#algorithm, value, type: 'FULL_OBJECT' } as const)
    return { etag: digest.toString('hex'), checksum }
  }
}
