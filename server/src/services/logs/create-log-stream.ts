import type { CreateLogStreamCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound, streamExists } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME, LOG_STREAM_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, logStreamName: LOG_STREAM_NAME }, ['logGroupName', 'logStreamName'])

export const createLogStream = (groups: LogGroupStore) =>
  operation<CreateLogStreamCommandInput, undefined>({
    name: 'CreateLogStream',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input, input.logStreamName)],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const group = groupOf(groups, tenant, input)
      if (await groups.createStream(group.id, input.logStreamName!, now)) return undefined
      throw groups.byId(group.id) === undefined ? groupNotFound() : streamExists()
    },
  })
