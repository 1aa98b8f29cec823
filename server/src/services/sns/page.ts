import { invalidParameter } from './faults.ts'

/** Topics or subscriptions in one answer. */
const PAGE = 100

interface Place {
  readonly arn: string
  readonly index: number
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly NextToken?: string
}

/** One page of a list. The token names the last item sent, and its place should the item be gone by then. */
export const pageOf = <Item extends { readonly arn: string }>(all: readonly Item[], token: string | undefined): Page<Item> => {
  const start = token === undefined || token === '' ? 0 : following(all, openToken(token))
  const items = all.slice(start, start + PAGE)
  const last = items.at(-1)
  if (last === undefined || start + PAGE >= all.length) return { items }
  return { items, NextToken: Buffer.from(JSON.stringify([last.arn, start + PAGE])).toString('base64url') }
}

const following = (all: readonly { readonly arn: string }[], { arn, index }: Place): number => {
  const found = all.findIndex(item => item.arn === arn)
  return found < 0 ? index : found + 1
}

const openToken = (token: string): Place => {
  try {
    const [arn, index] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (typeof arn === 'string' && Number.isSafeInteger(index) && Number(index) >= 0) return { arn, index: Number(index) }
  } catch {
    // No JSON, so not a token of ours.
  }
  throw invalidParameter('NextToken')
}
