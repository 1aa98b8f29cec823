import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { AwsError, meansSignedOut } from '../aws/aws-error.ts'

export const SESSION_KEY = ['session'] as const

/** Only what may pass by itself is asked again: an unreachable or overloaded server. A refusal stays a refusal. */
const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && error instanceof AwsError && (error.status === 0 || error.status === 429 || error.status >= 500)

/** A session that ended while the page was open: asking for it again leads to the sign-in room. */
export const checkSession = (error: unknown): void => {
  if (meansSignedOut(error)) void queries.invalidateQueries({ queryKey: SESSION_KEY })
}

export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== SESSION_KEY[0]) checkSession(error)
    },
  }),
  mutationCache: new MutationCache({ onError: checkSession }),
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
  },
})
