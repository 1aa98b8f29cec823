import type { DeleteLogStreamCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { deletionProtected, streamNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME, LOG_STREAM_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, logStreamName: LOG_STREAM_NAME }, ['logGroupName', 'logStreamName'])

export const deleteLogStream = (groups: LogGroupStore) =>
  operation<DeleteLogStreamCommandInput, undefined>({
    name: 'DeleteLogStream',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input, input.logStreamName)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (group.deletionProtected) throw deletionProtected()
      if (!(await groups.deleteStream(group.id, input.logStreamName!))) throw streamNotFound()
      return undefined
    },
  })
