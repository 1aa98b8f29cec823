import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '@tanstack/react-query'
import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import { Connection, type Session } from '../aws/connection.ts'
import { currentSession, signOut } from '../aws/session-door.ts'
import { keep, kept } from './kept.ts'
import { queries, SESSION_KEY } from './queries.ts'
import { Trouble } from '../parts/trouble.tsx'

interface SignedIn {
  readonly connection: Connection
  readonly setRegion: (region: string) => void
  readonly leave: () => Promise<void>
}

const Context = createContext<SignedIn | undefined>(undefined)

/** Shows `signedOut` until somebody has signed in, then its children with a {@link Connection}. */
export const SessionProvider = ({ children, signedOut }: { readonly children: ReactNode; readonly signedOut: ReactNode }) => {
  const { data: session, error, isPending, refetch } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: async () => (await currentSession()) ?? null,
    staleTime: Infinity,
  })
  if (isPending) return <div className="centered"><Spinner size="large" /></div>
  if (error) return <div className="centered"><Trouble error={error} what="Reaching the server" onRetry={() => void refetch()} /></div>
  return session === null ? signedOut : <Inside session={session}>{children}</Inside>
}

const Inside = ({ session, children }: { readonly session: Session; readonly children: ReactNode }) => {
  const [region, setRegion] = useState(() => kept('region') ?? session.region)
  const value = useMemo((): SignedIn => ({
    connection: new Connection(session, region),
    setRegion: next => {
      keep('region', next)
      setRegion(next)
    },
    leave: async () => {
      await signOut(session)
      queries.removeQueries({ predicate: query => query.queryKey[0] !== SESSION_KEY[0] })
      queries.setQueryData(SESSION_KEY, null)
    },
  }), [session, region])
  return <Context value={value}>{children}</Context>
}

export const useSignedIn = (): SignedIn => {
  const value = use(Context)
  if (value === undefined) throw new Error('used outside of a session')
  return value
}

export const useConnection = (): Connection => useSignedIn().connection
