/** CRC-64/NVME, reflected (https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme), in two halves of 32 bits. */
export const CRC64_NVME = 0x9a6c9329ac4bc9b5n

/** Eight tables of both halves: eight bytes a step. */
const TABLES = (() => {
  const tables = Array.from({ length: 8 }, () => ({ low: new Uint32Array(256), high: new Uint32Array(256) }))
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte)
    for (const { low, high } of tables) {
      for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ CRC64_NVME : crc >> 1n
      low[byte] = Number(crc & 0xffffffffn)
      high[byte] = Number(crc >> 32n)
    }
  }
  return tables
})()

const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as unknown as readonly [Halves, Halves, Halves, Halves, Halves, Halves, Halves, Halves]

interface Halves {
  readonly low: Uint32Array
  readonly high: Uint32Array
}

/** A checksum that grows with what is added to it. */
export class Crc64Nvme {
  #low = -1
  #high = -1

  add(bytes: Uint8Array): void {
    let l = this.#low
    let h = this.#high
    let at = 0
    for (const end = bytes.length - 7; at < end; at += 8) {
      l ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      h ^= bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
      const low =
        T7.low[l & 0xff]! ^ T6.low[(l >>> 8) & 0xff]! ^ T5.low[(l >>> 16) & 0xff]! ^ T4.low[l >>> 24]! ^
        T3.low[h & 0xff]! ^ T2.low[(h >>> 8) & 0xff]! ^ T1.low[(h >>> 16) & 0xff]! ^ T0.low[h >>> 24]!
      h =
        T7.high[l & 0xff]! ^ T6.high[(l >>> 8) & 0xff]! ^ T5.high[(l >>> 16) & 0xff]! ^ T4.high[l >>> 24]! ^
        T3.high[h & 0xff]! ^ T2.high[(h >>> 8) & 0xff]! ^ T1.high[(h >>> 16) & 0xff]! ^ T0.high[h >>> 24]!
      l = low
    }
    for (; at < bytes.length; at++) {
      const index = (l ^ bytes[at]!) & 0xff
      l = ((l >>> 8) | (h << 24)) ^ T0.low[index]!
      h = (h >>> 8) ^ T0.high[index]!
    }
    this.#low = l
    this.#high = h
  }

  /** Eight bytes, the highest first. */
  digest(): Buffer {
    const bytes = Buffer.alloc(8)
    bytes.writeUInt32BE(~this.#high >>> 0, 0)
    bytes.writeUInt32BE(~this.#low >>> 0, 4)
    return bytes
  }
}
