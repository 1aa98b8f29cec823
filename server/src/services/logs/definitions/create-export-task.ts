import type { CreateExportTaskCommandInput, CreateExportTaskResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, limitExceeded } from '../faults.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_NAME, LOG_STREAM_PREFIX, TIMESTAMP } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { LogExportPorts } from './ports.ts'

const INPUT = structure(
  {
    taskName: text({ min: 1, max: 512 }),
    logGroupName: LOG_GROUP_NAME,
    logStreamNamePrefix: LOG_STREAM_PREFIX,
    from: TIMESTAMP,
    to: TIMESTAMP,
    destination: text({ min: 1, max: 512 }),
    destinationPrefix: text(),
  },
  ['logGroupName', 'from', 'to', 'destination'],
)
/** Documented with the operation. */
const PREFIX = 'exportedlogs'
/** Of S3, in bytes. */
const KEY = 1024
/** `/task/` and `/000000.gz`, and the longest name of a stream. */
const REST = 1 + 36 + 1 + 512 + 10

export const createExportTask = (groups: LogGroupStore, { tasks, probe, wake, entropy }: LogExportPorts) =>
  operation<CreateExportTaskCommandInput, CreateExportTaskResponse>({
    name: 'CreateExportTask',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    // AWS asks for credentials that may write to the bucket.
    also: ({ destination = '', destinationPrefix = PREFIX }) => [{ permission: 's3:PutObject', resource: `arn:aws:s3:::${destination}/${destinationPrefix}/` }],
    differs: [
      { member: 'destination', how: 'a bucket of this server in the same account and region, or a folder or bucket elsewhere that the settings name' },
      { member: 'destinationPrefix', how: 'masked events are exported masked' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, { logGroupName: input.logGroupName })
      const { taskName, logStreamNamePrefix, destination = '', destinationPrefix: prefix = PREFIX } = input
      const [from, to] = [input.from!, input.to!]
      if (from > to) throw invalidParameter('The specified time range is invalid: from is later than to.')
      if (Buffer.byteLength(prefix) > KEY - REST) throw invalidParameter(`destinationPrefix is longer than ${KEY - REST} bytes.`)
      const refusal = await probe(tenant, destination)
      if (refusal !== undefined) throw invalidParameter(refusal)
      const id = entropy.uuid()
      const created = await tasks.create({
        tenant,
        id,
        name: taskName,
        group: { id: group.id, name: group.name },
        streamPrefix: logStreamNamePrefix,
        from,
        to,
        bucket: destination,
        prefix,
        status: 'PENDING',
        message: undefined,
        createdAt: now,
        finishedAt: undefined,
      })
      if (!created) throw limitExceeded()
      wake()
      return { taskId: id }
    },
  })
