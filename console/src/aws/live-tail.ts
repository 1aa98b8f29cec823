import type { LiveTailSessionUpdate } from '@aws-sdk/client-cloudwatch-logs'
import type { Connection } from './connection.ts'
import { AwsError } from './aws-error.ts'
import type { OnWire } from './on-wire.ts'

/** An event as it arrives; times in epoch milliseconds. Live tail tells no ids. */
export interface ArrivedEvent {
  readonly group: string
  readonly stream: string
  readonly timestamp: number
  readonly ingestedAt: number
  readonly message: string
}

/** What a session tells: first that it has begun, and when by the server's clock, then what arrived, about once a second. */
export type TailNews =
  | { readonly kind: 'begun'; readonly at: number }
  | { readonly kind: 'arrived'; readonly events: readonly ArrivedEvent[]; readonly sampled: boolean }

/** A session over some groups until it is aborted, or over on the server's side after three hours. Throws `AwsError`. */
export async function* startLiveTail(connection: Connection, groups: readonly string[], pattern: string, signal: AbortSignal): AsyncGenerator<TailNews> {
  const { account } = connection.session
  const arns = new Map(groups.map(group => [`arn:aws:logs:${connection.region}:${account}:log-group:${group}`, group]))
  const { at, messages } = await connection.logEvents(
    'StartLiveTail', { logGroupIdentifiers: [...arns.keys()], ...(pattern !== '' && { logEventFilterPattern: pattern }) }, signal,
  )
  for await (const { kind, name, payload } of messages) {
    if (kind === 'exception' && name === 'SessionTimeoutException') return
    if (kind === 'exception') throw new AwsError(name, (payload as { readonly message?: string }).message ?? 'The session broke off.', 500)
    if (name === 'sessionStart') yield { kind: 'begun', at }
    if (name !== 'sessionUpdate') continue
    const { sessionResults = [], sessionMetadata } = payload as OnWire<LiveTailSessionUpdate>
    const events = sessionResults.map(({ logGroupIdentifier = '', logStreamName = '', timestamp = 0, ingestionTime = 0, message = '' }) =>
      ({ group: arns.get(logGroupIdentifier) ?? logGroupIdentifier, stream: logStreamName, timestamp, ingestedAt: ingestionTime, message }))
    yield { kind: 'arrived', events, sampled: sessionMetadata?.sampled ?? false }
  }
}
