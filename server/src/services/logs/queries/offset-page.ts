import { invalidParameter } from '../faults.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken: string | undefined
}

/** One page of a list whose end hardly ever changes: the token holds how many were sent. */
export const pageFrom = <Item>(all: readonly Item[], token: string | undefined, limit: number): Page<Item> => {
  const from = token === undefined ? 0 : offsetOf(token)
  const items = all.slice(from, from + limit)
  const to = from + items.length
  return { items, nextToken: to < all.length ? Buffer.from(`offset:${to}`).toString('base64url') : undefined }
}

const offsetOf = (token: string): number => {
  const [, offset] = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? []
  if (offset === undefined) throw invalidParameter('The specified nextToken is invalid.')
  return Number(offset)
}
