import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { crcCombiner } from './crc-combine.ts'
import { CRC32C, crc32c } from './crc32c.ts'
import { CRC64_NVME, Crc64Nvme } from './crc64-nvme.ts'

/** Of those that S3 knows by these names, the ones that can be computed here. */
const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const
export type ChecksumAlgorithm = (typeof ALGORITHMS)[number]

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => ALGORITHMS.some(known => known === name)

/** Bytes of each. */
const LENGTHS: Readonly<Record<ChecksumAlgorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32, SHA512: 64, MD5: 16 }

/** Whether the text can be one, in base64. */
export const isChecksum = (algorithm: ChecksumAlgorithm, text: string): boolean => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === LENGTHS[algorithm] && bytes.toString('base64') === text
}

/** The polynomials of those that can be put together out of the checksums of parts. */
const POLYNOMIALS: Readonly<Partial<Record<ChecksumAlgorithm, bigint>>> = { CRC32: 0xedb88320n, CRC32C: BigInt(CRC32C), CRC64NVME: CRC64_NVME }

/** The checksum of all that these are the checksums of, one behind the other; undefined where the algorithm does not give it. */
export const combinedChecksum = (algorithm: ChecksumAlgorithm, parts: readonly { readonly checksum: string; readonly size: number }[]): string | undefined => {
  const polynomial = POLYNOMIALS[algorithm]
  if (polynomial === undefined) return undefined
  const combine = crcCombiner(polynomial, LENGTHS[algorithm] * 8)
  const whole = parts.reduce((before, { checksum, size }) => combine(before, BigInt(`0x${Buffer.from(checksum, 'base64').toString('hex')}`), size), 0n)
  return Buffer.from(whole.toString(16).padStart(LENGTHS[algorithm] * 2, '0'), 'hex').toString('base64')
}

interface Hasher {
  add(bytes: Uint8Array): void
  /** Base64, once. */
  digest(): string
}

export const checksumHasher = (algorithm: ChecksumAlgorithm): Hasher => {
  switch (algorithm) {
    case 'CRC32':
      return rolling(crc32)
    case 'CRC32C':
      return rolling(crc32c)
    case 'CRC64NVME': {
      const crc = new Crc64Nvme()
      return { add: bytes => crc.add(bytes), digest: () => crc.digest().toString('base64') }
    }
    default: {
      const hash = createHash(algorithm.toLowerCase())
      return { add: bytes => void hash.update(bytes), digest: () => hash.digest('base64') }
    }
  }
}

const rolling = (step: (bytes: Uint8Array, before: number) => number): Hasher => {
  let crc = 0
  return {
    add(bytes) {
      crc = step(bytes, crc)
    },
    digest() {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(crc)
      return bytes.toString('base64')
    },
  }
}
