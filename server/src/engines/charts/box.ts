/** A rectangle of the picture, in pixels. Never of negative size. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The box without so many pixels at its sides. */
export const inset = (box: Box, { top = 0, right = 0, bottom = 0, left = 0 }: Partial<Sides>): Box => {
  const x = Math.min(left, box.width)
  const y = Math.min(top, box.height)
  return {
    x: box.x + x,
    y: box.y + y,
    width: Math.max(0, box.width - x - right),
    height: Math.max(0, box.height - y - bottom),
  }
}

interface Sides {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

export const right = ({ x, width }: Box): number => x + width
export const bottom = ({ y, height }: Box): number => y + height

/** Cells of equal size for `count` things, row by row, as near to the wanted width-to-height ratio as can be. */
export const cells = (box: Box, count: number, ratio: number): readonly Box[] => {
  let best = { columns: 1, size: -1 }
  for (let columns = 1; columns <= count; columns++) {
    const size = Math.min(box.width / columns / ratio, box.height / Math.ceil(count / columns))
    if (size > best.size) best = { columns, size }
  }
  const width = box.width / best.columns
  const height = box.height / Math.max(1, Math.ceil(count / best.columns))
  return Array.from({ length: count }, (_, index) => ({
    x: box.x + (index % best.columns) * width,
    y: box.y + Math.floor(index / best.columns) * height,
    width, height,
  }))
}
