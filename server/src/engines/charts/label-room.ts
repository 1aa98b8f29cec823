import { bottom, right, type Box } from './box.ts'

/** Remembers where labels stand, so that none is written over another. */
export class LabelRoom {
  readonly #within: Box
  readonly #taken: Box[] = []

  constructor(within: Box) {
    this.#within = within
  }

  /** The first of the places that is inside and free, which is taken then; undefined when there is none. */
  take<Place extends Box>(places: readonly Place[]): Place | undefined {
    const place = places.find(one => inside(one, this.#within) && !this.#taken.some(other => overlap(one, other)))
    if (place !== undefined) this.#taken.push(place)
    return place
  }
}

const inside = (one: Box, other: Box): boolean =>
  one.x >= other.x && one.y >= other.y && right(one) <= right(other) && bottom(one) <= bottom(other)

const overlap = (one: Box, other: Box): boolean =>
  one.x < right(other) && other.x < right(one) && one.y < bottom(other) && other.y < bottom(one)
