import type { PutBearerTokenAuthenticationCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import { check, LOG_GROUP_IDENTIFIER } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupIdentifier: LOG_GROUP_IDENTIFIER, bearerTokenAuthenticationEnabled: text() }, ['logGroupIdentifier', 'bearerTokenAuthenticationEnabled'])

export const putBearerTokenAuthentication = (groups: LogGroupStore) =>
  operation<PutBearerTokenAuthenticationCommandInput, undefined>({
    name: 'PutBearerTokenAuthentication',
    kind: 'write',
    access: 'signed',
    resources: ({ logGroupIdentifier }, tenant) => [groupResource(tenant, { logGroupIdentifier })],
    differs: [{ member: 'bearerTokenAuthenticationEnabled', how: 'at the HTTP endpoints (docs/operator-api.md), as on AWS; a token is made of an access key' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { id } = groupOf(groups, tenant, { logGroupIdentifier: input.logGroupIdentifier })
      const bearerTokens = input.bearerTokenAuthenticationEnabled === true
      if ((await groups.update(id, group => ({ ...group, bearerTokens }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
