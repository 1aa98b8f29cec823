/** CRC-64/NVME, reflected (https://reveng.sourceforge.io/crc-catalogue/17plus.htm#crc.cat.crc-64-nvme), in two halves of 32 bits. */
const POLYNOMIAL = 0x9a6c9329ac4bc9b5n
const TABLE = (() => {
  const low = new Uint32Array(256)
  const high = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n
    low[byte] = Number(crc & 0xffffffffn)
    high[byte] = Number(crc >> 32n)
  }
  return { low, high }
})()

/** A checksum that grows with what is added to it. */
export class Crc64Nvme {
  #low = -1
  #high = -1

  add(bytes: Uint8Array): void {
    const { low, high } = TABLE
    let l = this.#low
    let h = this.#high
    for (let at = 0; at < bytes.length; at++) {
      const index = (l ^ bytes[at]!) & 0xff
      l = ((l >>> 8) | (h << 24)) ^ low[index]!
      h = (h >>> 8) ^ high[index]!
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
