import type { GetSessionTokenCommandInput, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { Fault } from '../../wire/fault.ts'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { durationSeconds, issue } from './issue.ts'
import type { StsParts } from './parts.ts'

const INPUT = structure({
  DurationSeconds: durationSeconds,
  SerialNumber: text({ min: 9, max: 256, pattern: /[\w+=/:,.@-]*/ }),
  TokenCode: text({ min: 6, max: 6, pattern: /[\d]*/ }),
})

/** Temporary keys with the caller's own rights; like AWS it asks for no permission. */
export const getSessionToken = (parts: StsParts) =>
  operation<GetSessionTokenCommandInput, GetSessionTokenResponse>({
    name: 'GetSessionToken',
    kind: 'write',
    access: 'signed',
    resources: () => [],
    differs: [
      { member: 'SessionTokenSize', how: 'never there' },
      { member: 'MinimumSessionTokenSize', how: 'never there' },
      { member: 'SessionTokenUtilization', how: 'never there' },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
        const denial = { status: 403, shape: 'AccessDeniedException' }
        throw new Fault('AccessDenied', 'MultiFactorAuthentication failed, unable to validate MFA code.', denial)
      }
      const name = call.principal.kind === 'user' ? call.principal.userName : call.tenant.account
      return { Credentials: await issue(parts, call, 'GetSessionToken', { name, policy: undefined, duration: input.DurationSeconds }) }
    },
  })
