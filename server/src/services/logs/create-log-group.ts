import type { CreateLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../base/arn.ts'
import type { LogGroupClass } from '../../model/log.ts'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupExists, groupReserved } from './faults.ts'
import { groupResource } from './group-of.ts'
import { check, LOG_GROUP_CLASS, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'
import { checkTags } from './tags.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, kmsKeyId: text({ max: 256 }), logGroupClass: LOG_GROUP_CLASS }, ['logGroupName'])

/** The retention of groups of the delivery class. */
const DELIVERY_DAYS = 2

export const createLogGroup = (groups: LogGroupStore) =>
  operation<CreateLogGroupCommandInput, undefined>({
    name: 'CreateLogGroup',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    tagged: ({ logGroupName = '', tags }, tenant) => (tags === undefined ? undefined : logGroupArn(tenant, logGroupName)),
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const tags = checkTags(input.tags)
      const name = input.logGroupName!
      if (/^aws\//i.test(name)) throw groupReserved()
      const logGroupClass: LogGroupClass = input.logGroupClass ?? 'STANDARD'
      const created = await groups.create(
        {
          tenant,
          name,
          arn: logGroupArn(tenant, name),
          class: logGroupClass,
          retentionDays: logGroupClass === 'DELIVERY' ? DELIVERY_DAYS : undefined,
          kmsKeyId: input.kmsKeyId,
          deletionProtected: input.deletionProtectionEnabled === true,
          bearerTokens: false,
          createdAt: now,
        },
        tags,
      )
      if (created === undefined) throw groupExists()
      return undefined
    },
  })
