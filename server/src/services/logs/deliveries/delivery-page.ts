import { pageByName } from '../name-page.ts'

/** A page of a list that is in the order in which things were made. */
export const pageInOrder = <Item extends { readonly createdAt: number }>(items: readonly Item[], keyOf: (item: Item) => string, token: string | undefined, limit: number) => {
  const named = items.map(item => ({ name: `${String(item.createdAt).padStart(15, '0')} ${keyOf(item)}`, item }))
  const page = pageByName(named.sort((a, b) => (a.name < b.name ? -1 : 1)), token, limit)
  return { items: page.items.map(({ item }) => item), nextToken: page.nextToken }
}
