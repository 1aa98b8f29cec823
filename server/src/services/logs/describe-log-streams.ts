import type { DescribeLogStreamsCommandInput, DescribeLogStreamsResponse, LogStream as Described } from '@aws-sdk/client-cloudwatch-logs'
import { logStreamArn } from '../../base/arn.ts'
import type { LogGroup, LogStream } from '../../model/log.ts'
import { integer, oneOf, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameter } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, LOG_GROUP_NAME, LOG_STREAM_PREFIX, NEXT_TOKEN } from './limits.ts'
import type { LogGroupStore } from './ports.ts'
import { SEQUENCE_TOKEN } from './put-log-events.ts'

const MAX_STREAMS = 50
const INPUT = structure({
  logGroupName: LOG_GROUP_NAME,
  logGroupIdentifier: LOG_GROUP_IDENTIFIER,
  logStreamNamePrefix: LOG_STREAM_PREFIX,
  orderBy: oneOf(['LogStreamName', 'LastEventTime']),
  nextToken: NEXT_TOKEN,
  limit: integer({ min: 1, max: MAX_STREAMS }),
})

export const describeLogStreams = (groups: LogGroupStore) =>
  operation<DescribeLogStreamsCommandInput, DescribeLogStreamsResponse>({
    name: 'DescribeLogStreams',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const byTime = input.orderBy === 'LastEventTime'
      if (byTime && input.logStreamNamePrefix !== undefined) {
        throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.')
      }
      const group = groupOf(groups, tenant, input)
      const limit = input.limit ?? MAX_STREAMS
      const streams = await groups.streams(group.id, {
        orderBy: byTime ? 'lastEvent' : 'name',
        descending: input.descending === true,
        prefix: input.logStreamNamePrefix,
        after: input.nextToken === undefined ? undefined : readToken(input.nextToken),
        limit: limit + 1,
      })
      const page = streams.slice(0, limit)
      return { logStreams: page.map(stream => described(group, stream)), nextToken: streams.length > limit ? tokenAfter(page.at(-1)!) : undefined }
    },
  })

const described = (group: LogGroup, { name, createdAt, activity }: LogStream): Described => ({
  logStreamName: name,
  creationTime: createdAt,
  ...(activity === undefined
    ? {}
    : {
        firstEventTimestamp: activity.firstEvent,
        lastEventTimestamp: activity.lastEvent,
        lastIngestionTime: activity.lastIngestion,
        uploadSequenceToken: SEQUENCE_TOKEN,
      }),
  arn: logStreamArn(group.tenant, group.name, name),
  storedBytes: 0,
})

const tokenAfter = ({ name, activity }: LogStream): string => Buffer.from(JSON.stringify([activity?.lastEvent ?? -1, name])).toString('base64url')

const readToken = (token: string): { readonly lastEvent: number; readonly name: string } => {
  try {
    const [lastEvent, name] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (Number.isSafeInteger(lastEvent) && typeof name === 'string') return { lastEvent: lastEvent as number, name }
  } catch {
    // No JSON, so not a token of ours.
  }
  throw invalidParameter('The specified nextToken is invalid.')
}
