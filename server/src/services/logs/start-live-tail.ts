import type { StartLiveTailCommandInput, StartLiveTailResponse, StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs'
import type { LogGroup } from '../../model/log.ts'
import { list, structure } from '../constraints.ts'
import { type Call, operation } from '../operation.ts'
import { groupNotFound, invalidOperation, invalidParameter, limitExceeded } from './faults.ts'
import { FILTER_PATTERN, readPattern } from './filter-rules.ts'
import { groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_STREAM_PREFIX } from './limits.ts'
import type { LogGroupStore, LogTail, LogTails } from './ports.ts'

const INPUT = structure(
  {
    logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { min: 1, max: 10 }),
    logStreamNames: list(LOG_STREAM_PREFIX, { min: 1, max: 100 }),
    logStreamNamePrefixes: list(LOG_STREAM_PREFIX, { min: 1, max: 100 }),
    logEventFilterPattern: FILTER_PATTERN,
  },
  ['logGroupIdentifiers'],
)

/** Answers a stream of events that lasts for up to three hours. */
export const startLiveTail = (groups: LogGroupStore, tails: LogTails) =>
  operation<StartLiveTailCommandInput, StartLiveTailResponse>({
    name: 'StartLiveTail',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => (input.logGroupIdentifiers ?? ['']).map(logGroupIdentifier => groupResource(tenant, { logGroupIdentifier })),
    differs: [
      { how: 'it is served at the same address as everything else: clients are to leave out the host prefix `stream-` (`disableHostPrefix` of the SDK for JavaScript, `inject_host_prefix` of boto3\'s `Config`), or `stream-` before the server\'s name has to lead to it as well' },
      { member: 'responseStream.SessionStreamingException', how: 'never sent: there is nothing between the events and the session that could fail' },
    ],
    run(input, call) {
      check(INPUT, input)
      const { logStreamNames: names, logStreamNamePrefixes: prefixes, logEventFilterPattern: text } = input
      const watched = input.logGroupIdentifiers!.map(identifier => watchedGroup(groups, call, identifier))
      if (names !== undefined && prefixes !== undefined) throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.')
      if (watched.length > 1 && (names ?? prefixes) !== undefined) {
        throw invalidParameter('logStreamNames and logStreamNamePrefixes can be used with a single log group only.')
      }
      const pattern = text === undefined || text.trim() === '' ? undefined : readPattern(text, 'filter')
      const streams = names !== undefined ? { names } : prefixes !== undefined ? { prefixes } : undefined
      const tail = tails.open({ tenant: call.tenant, groups: watched, streams, pattern })
      if (tail === undefined) throw limitExceeded()
      return { responseStream: eventsOf(tail, input, call) }
    },
  })

const watchedGroup = (groups: LogGroupStore, { tenant }: Call, identifier: string): LogGroup => {
  if (!identifier.startsWith('arn:') || identifier.endsWith('*')) throw invalidParameter(`The log group identifier must be an ARN that does not end with an asterisk: ${identifier}`)
  const group = groups.find(tenant, identifier)
  if (group === undefined) throw groupNotFound()
  if (group.class !== 'STANDARD') throw invalidOperation(`The operation is not valid for a log group of the class ${group.class}.`)
  return group
}

async function* eventsOf(tail: LogTail, input: StartLiveTailCommandInput, { requestId }: Call): AsyncGenerator<StartLiveTailResponseStream> {
  yield { sessionStart: { ...input, requestId, sessionId: requestId } }
  for await (const { events, sampled } of tail) {
    const sessionResults = events.map(({ group, stream, timestamp, ingestedAt, message }) => ({
      logStreamName: stream,
      logGroupIdentifier: group.arn,
      message,
      timestamp,
      ingestionTime: ingestedAt,
    }))
    yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults } }
  }
  if (tail.over === 'timeout') {
    yield { SessionTimeoutException: { message: 'The session has reached its maximum duration of 3 hours.' } } as StartLiveTailResponseStream.SessionTimeoutExceptionMember
  }
}
