import type { PutUserPolicyCommandInput } from '@aws-sdk/client-iam'
import { parsePolicy } from '../../engines/policies/parse.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { limitExceeded, malformedPolicy } from './faults.ts'
import { existingUserName, POLICY_CHARACTERS, policyDocument, policyName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure(
  { UserName: existingUserName, PolicyName: policyName, PolicyDocument: policyDocument },
  ['UserName', 'PolicyName', 'PolicyDocument'],
)

export const putUserPolicy = ({ access, changed, turns }: IamParts) =>
  operation<PutUserPolicyCommandInput, undefined>({
    name: 'PutUserPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const { UserName: user = '', PolicyName: name = '', PolicyDocument: document = '' } = input
      return turns.run(account, async () => {
        await findUser(access, account, user)
        const parsed = parsePolicy(document)
        if (!parsed.ok) throw malformedPolicy(parsed.problem)
        const all = { ...(await access.policies(account, user)), [name]: document }
        const characters = Object.values(all).reduce((total, text) => total + text.replaceAll(/\s/g, '').length, 0)
        if (characters > POLICY_CHARACTERS) {
          throw limitExceeded(`Maximum policy size of ${POLICY_CHARACTERS} bytes exceeded for user ${user}`)
        }
        await access.putPolicy(account, user, name, document)
        changed()
        return undefined
      })
    },
  })
