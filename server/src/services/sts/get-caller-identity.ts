import type { GetCallerIdentityCommandInput, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import { principalArn, principalUserId } from '../../model/principal.ts'
import { operation } from '../operation.ts'

/** Everybody may ask who he is: no permission is needed, and none can forbid it. */
export const getCallerIdentity = () =>
  operation<GetCallerIdentityCommandInput, GetCallerIdentityResponse>({
    name: 'GetCallerIdentity',
    kind: 'read',
    access: 'signed',
    resources: () => [],
    run: (_input, { principal }) => ({ UserId: principalUserId(principal), Account: principal.account, Arn: principalArn(principal) }),
  })
