import type { FilterLogEventsCommandInput, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { compilePattern } from '../../engines/patterns/compile-pattern.ts'
import type { FilterPattern } from '../../engines/patterns/filter-pattern.ts'
import { FilterPatternProblem } from '../../engines/patterns/filter-pattern-problem.ts'
import { LogLine } from '../../engines/patterns/log-line.ts'
import { eventIdOf, ingestedAt } from '../../model/log-identity.ts'
import { integer, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter, streamNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_GROUP_NAME, LOG_STREAM_PREFIX, NEXT_TOKEN, TIMESTAMP } from './limits.ts'
import { placeToken, readPlaceToken } from './place-token.ts'
import type { LogEventReads, LogGroupStore } from './ports.ts'
import { unmaskPermission } from './unmask.ts'

const MAX_EVENTS = 10_000
const INPUT = structure({
  logGroupName: LOG_GROUP_NAME,
  logGroupIdentifier: LOG_GROUP_IDENTIFIER,
  logStreamNames: list(LOG_STREAM_PREFIX, { min: 1, max: 100 }),
  logStreamNamePrefix: LOG_STREAM_PREFIX,
  startTime: TIMESTAMP,
  endTime: TIMESTAMP,
  filterPattern: text({ max: 1024 }),
  nextToken: NEXT_TOKEN,
  limit: integer({ min: 1, max: MAX_EVENTS }),
})

export const filterLogEvents = (groups: LogGroupStore, reads: LogEventReads) =>
  operation<FilterLogEventsCommandInput, FilterLogEventsResponse>({
    name: 'FilterLogEvents',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    also: (input, tenant) => unmaskPermission(input.unmask, groupResource(tenant, input)),
    audited: ({ unmask }) => unmask === true,
    differs: [
      { member: 'interleaved', how: 'events of all streams are always interleaved, as on AWS since 2019' },
      { member: 'searchedLogStreams.searchedCompletely', how: 'AWS has answered an empty list of streams since 2020, and so does this' },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      if (input.logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
        throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.')
      }
      const group = groupOf(groups, tenant, input)
      const pattern = patternOf(input.filterPattern)
      for (const name of input.logStreamNames ?? []) if ((await groups.stream(group.id, name)) === undefined) throw streamNotFound()
      // Behind the first page the token alone says which way to read.
      const place = input.nextToken === undefined ? undefined : readPlaceToken(input.nextToken)
      const descending = place?.descending ?? input.startFromHead === false
      const { events, next } = await reads.search(
        {
          group,
          streams: input.logStreamNames,
          streamPrefix: input.logStreamNamePrefix,
          from: input.startTime ?? 0,
          // AWS: events later than this are not returned.
          to: Math.min((input.endTime ?? Number.MAX_SAFE_INTEGER - 1) + 1, Number.MAX_SAFE_INTEGER),
          boundary: place?.boundary,
          descending,
          limit: input.limit ?? MAX_EVENTS,
          unmask: input.unmask === true,
          texts: pattern?.required,
        },
        message => pattern === undefined || pattern.matches(new LogLine(message)),
      )
      return {
        events: events.map(event => ({
          logStreamName: event.stream,
          timestamp: event.timestamp,
          message: event.message,
          ingestionTime: ingestedAt(event.seq),
          eventId: eventIdOf({ group: group.id, timestamp: event.timestamp, seq: event.seq }),
        })),
        searchedLogStreams: [],
        nextToken: next && placeToken({ boundary: next, descending }),
      }
    },
  })

/** Undefined: everything matches. */
const patternOf = (text: string | undefined): FilterPattern | undefined => {
  if (text === undefined || text.trim() === '') return undefined
  try {
    return compilePattern(text)
  } catch (error) {
    if (error instanceof FilterPatternProblem) throw invalidParameter(error.message)
    throw error
  }
}
