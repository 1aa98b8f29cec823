import { crc32, deflate } from 'node:zlib'
import { promisify } from 'node:util'

const compress = promisify(deflate)

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** 8 bits a channel, RGB: charts cover their ground. */
const RGB = [8, 2, 0, 0, 0]

/**
 * RGBA pixels as an opaque PNG. Compressing, which is nearly all of the work, is done off the event loop; the renderer's own
 * encoder would hold it for a tenth of a second with the largest pictures.
 */
export const encodePng = async (pixels: Uint8Array, width: number, height: number): Promise<Buffer> => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set(RGB, 8)
  const data = await compress(rowsOf(pixels, width, height), { level: 6 })
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** Rows without their alpha, each after the byte that says "not filtered": flat colours compress well as they are. */
const rowsOf = (pixels: Uint8Array, width: number, height: number): Uint8Array => {
  const rows = new Uint8Array(height * (1 + width * 3))
  let from = 0
  let to = 0
  for (let y = 0; y < height; y++) {
    to++
    for (let x = 0; x < width; x++, from += 4) {
      rows[to++] = pixels[from]!
      rows[to++] = pixels[from + 1]!
      rows[to++] = pixels[from + 2]!
    }
  }
  return rows
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}
