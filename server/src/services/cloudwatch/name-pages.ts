import { invalidNextToken } from './faults.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'

const MOST = 500

interface PageRequest {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

/** The page of things sorted by their names that the request asks for, and the token of the next one. */
export const pageByName = <Named extends { readonly name: string }>(
  all: readonly Named[], { NextToken, MaxResults = MOST }: PageRequest, scope: TokenScope,
): { readonly page: readonly Named[]; readonly token: { readonly NextToken?: string } } => {
  const after = NextToken === undefined ? '' : openToken(scope, NextToken)
  if (typeof after !== 'string') throw invalidNextToken()
  const rest = all.filter(({ name }) => name > after)
  const page = rest.slice(0, MaxResults)
  return { page, token: page.length < rest.length ? { NextToken: sealToken(scope, page.at(-1)!.name) } : {} }
}
