import type { PutRetentionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { type Constraint, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

/** Documented with the operation. */
const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]
const RETENTION: Constraint = {
  kind: 'scalar',
  rules: [{ says: `Member must satisfy enum value set: [${DAYS.join(', ')}]`, holds: value => DAYS.includes(Number(value)) }],
}
const INPUT = structure({ logGroupName: LOG_GROUP_NAME, retentionInDays: RETENTION }, ['logGroupName', 'retentionInDays'])

export const putRetentionPolicy = (groups: LogGroupStore) =>
  operation<PutRetentionPolicyCommandInput, undefined>({
    name: 'PutRetentionPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, input)],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { id } = groupOf(groups, tenant, input)
      if ((await groups.update(id, group => ({ ...group, retentionDays: input.retentionInDays! }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
