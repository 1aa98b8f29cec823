import type { GetUserPolicyCommandInput, GetUserPolicyResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { noSuchPolicy } from './faults.ts'
import { existingUserName, policyName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, PolicyName: policyName }, ['UserName', 'PolicyName'])

export const getUserPolicy = ({ access }: IamParts) =>
  operation<GetUserPolicyCommandInput, GetUserPolicyResponse>({
    name: 'GetUserPolicy',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const { UserName = '', PolicyName = '' } = input
      await findUser(access, account, UserName)
      const policies = await access.policies(account, UserName)
      const document = Object.hasOwn(policies, PolicyName) ? policies[PolicyName] : undefined
      if (document === undefined) throw noSuchPolicy(PolicyName)
      return { UserName, PolicyName, PolicyDocument: rfc3986(document) }
    },
  })

/** IAM answers documents URL-encoded; SDKs and the AWS CLI decode them again. */
const rfc3986 = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
