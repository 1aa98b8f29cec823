import { invalidParameter } from './faults.ts'

interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextToken: string | undefined
}

/** One page of what is sorted by name. The token holds the last name sent, so that what comes and goes meanwhile disturbs nobody. */
export const pageByName = <Item extends { readonly name: string }>(sorted: readonly Item[], token: string | undefined, limit: number): Page<Item> => {
  const after = token === undefined ? undefined : readNameToken(token)
  const start = after === undefined ? 0 : sorted.findIndex(({ name }) => name > after)
  const items = start < 0 ? [] : sorted.slice(start, start + limit)
  const more = start >= 0 && start + limit < sorted.length
  return { items, nextToken: more ? nameToken(items.at(-1)!.name) : undefined }
}

const nameToken = (name: string): string => Buffer.from(`name:${name}`).toString('base64url')

const readNameToken = (token: string): string => {
  const text = Buffer.from(token, 'base64url').toString()
  if (!text.startsWith('name:')) throw invalidParameter('The specified nextToken is invalid.')
  return text.slice(5)
}
