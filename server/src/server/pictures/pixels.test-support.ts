import { Resvg } from '@resvg/resvg-js'

/** The pixels of a PNG, read by drawing it as it is. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** The different colours of a rectangle, `#rrggbb`. */
  colors(left: number, top: number, width: number, height: number): ReadonlySet<string>
}

const SIGNATURE = '89504e470d0a1a0a'

/** Throws for anything that is no PNG. */
export const pixelsOf = (png: Uint8Array): Pixels => {
  const file = Buffer.from(png)
  if (file.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('not a PNG')
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${file.toString('base64')}"/>`
  const { pixels } = new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`).render()
  return {
    width,
    height,
    colors: (left, top, columns, rows) =>
      new Set(Array.from({ length: columns * rows }, (_, index) => {
        const at = ((top + Math.floor(index / columns)) * width + left + (index % columns)) * 4
        return `#${pixels.subarray(at, at + 3).toString('hex')}`
      })),
  }
}
