import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { crc32c } from './crc32c.ts'
import { Crc64Nvme } from './crc64-nvme.ts'

/** Of those that S3 knows by these names, the ones that can be computed here. */
const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'SHA512', 'MD5'] as const
export type ChecksumAlgorithm = (typeof ALGORITHMS)[number]

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => ALGORITHMS.some(known => known === name)

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
