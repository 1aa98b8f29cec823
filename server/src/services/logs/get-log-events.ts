import type { GetLogEventsCommandInput, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { ingestedAt } from '../../model/log-identity.ts'
import type { LogBoundary } from '../../model/log-read.ts'
import type { StoredLogEvent } from '../../model/log.ts'
import { integer, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { streamNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_GROUP_NAME, LOG_STREAM_NAME, NEXT_TOKEN, TIMESTAMP } from './limits.ts'
import type { LogEventReads, LogGroupStore } from './ports.ts'
import { readStreamToken, streamToken } from './stream-token.ts'
import { unmaskPermission } from './unmask.ts'

const MAX_EVENTS = 10_000
const INPUT = structure(
  {
    logGroupName: LOG_GROUP_NAME,
    logGroupIdentifier: LOG_GROUP_IDENTIFIER,
    logStreamName: LOG_STREAM_NAME,
    startTime: TIMESTAMP,
    endTime: TIMESTAMP,
    nextToken: NEXT_TOKEN,
    limit: integer({ min: 1, max: MAX_EVENTS }),
  },
  ['logStreamName'],
)

export const getLogEvents = (groups: LogGroupStore, reads: LogEventReads) =>
  operation<GetLogEventsCommandInput, GetLogEventsResponse>({
    name: 'GetLogEvents',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input, input.logStreamName)],
    also: (input, tenant) => unmaskPermission(input.unmask, groupResource(tenant, input, input.logStreamName)),
    audited: ({ unmask }) => unmask === true,
    async run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if ((await groups.stream(group.id, input.logStreamName!)) === undefined) throw streamNotFound()
      const token = input.nextToken === undefined ? undefined : readStreamToken(input.nextToken)
      const from = input.startTime ?? 0
      const descending = token === undefined ? input.startFromHead !== true : token.direction === 'b'
      const events = await reads.page({
        group,
        streams: [input.logStreamName!],
        from,
        to: input.endTime ?? Number.MAX_SAFE_INTEGER,
        boundary: token?.boundary,
        descending,
        limit: input.limit ?? MAX_EVENTS,
        unmask: input.unmask === true,
      })
      const ascending = descending ? events.toReversed() : events
      const [first, last] = [ascending[0], ascending.at(-1)]
      // Nothing there: the place stays, and whoever follows the stream finds there what comes.
      const here: LogBoundary = token?.boundary ?? { timestamp: from, seq: 0n }
      return {
        events: ascending.map(outputOf),
        nextForwardToken: streamToken('f', last === undefined ? here : { timestamp: last.timestamp, seq: last.seq + 1n }),
        nextBackwardToken: streamToken('b', first === undefined ? here : { timestamp: first.timestamp, seq: first.seq }),
      }
    },
  })

const outputOf = ({ timestamp, message, seq }: StoredLogEvent) => ({ timestamp, message, ingestionTime: ingestedAt(seq) })
