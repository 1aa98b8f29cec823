import { invalidInput } from './faults.ts'

const ITEMS = 100

export interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: { readonly IsTruncated: boolean; readonly Marker?: string }
}

/** One page of a list in the order of `nameOf`; the marker names the last item sent. */
export const pageOf = <Item>(all: readonly Item[], nameOf: (item: Item) => string, { Marker, MaxItems = ITEMS }: PageInput): Page<Item> => {
  const after = Marker === undefined ? undefined : openMarker(Marker)
  const rest = after === undefined ? all : all.filter(item => nameOf(item) > after)
  const items = rest.slice(0, MaxItems)
  const last = items.at(-1)
  if (last === undefined || items.length === rest.length) return { items, next: { IsTruncated: false } }
  return { items, next: { IsTruncated: true, Marker: Buffer.from(nameOf(last)).toString('base64url') } }
}

const openMarker = (marker: string): string => {
  const name = Buffer.from(marker, 'base64url').toString()
  if (Buffer.from(name).toString('base64url') !== marker) throw invalidInput('Invalid Marker.')
  return name
}
