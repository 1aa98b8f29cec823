import type { GetFederationTokenCommandInput, GetFederationTokenResponse } from '@aws-sdk/client-sts'
import { parsePolicy } from '../../engines/policies/parse.ts'
import { Fault } from '../../wire/fault.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { durationSeconds, issue } from './issue.ts'
import type { StsParts } from './parts.ts'

/** Characters of a session policy. */
const POLICY_LENGTH = 2_048
const INPUT = structure(
  {
    Name: text({ min: 2, max: 32, pattern: /[\w+=,.@-]*/ }),
    Policy: text({ min: 1, max: POLICY_LENGTH, pattern: /[\t\n\r\u0020-\u00FF]+/ }),
    DurationSeconds: durationSeconds,
    Tags: list(
      structure(
        { Key: text({ min: 1, max: 128, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]+/u }), Value: text({ min: 0, max: 256, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u }) },
        ['Key', 'Value'],
      ),
      { max: 50 },
    ),
  },
  ['Name'],
)

/** A federated user may do what the policy and his issuer both allow; without a policy, nothing. */
const NOTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}'

export const getFederationToken = (parts: StsParts) =>
  operation<GetFederationTokenCommandInput, GetFederationTokenResponse>({
    name: 'GetFederationToken',
    kind: 'write',
    access: 'signed',
    resources: (input, { account }) => [`arn:aws:sts::${account}:federated-user/${input.Name ?? '*'}`],
    differs: [
      { member: 'PolicyArns', how: 'refused with `MalformedPolicyDocument`: there are no managed policies' },
      { member: 'Tags', how: 'without effect: no policy asks for them' },
      { member: 'SessionTokenSize', how: 'never there' },
      { member: 'MinimumSessionTokenSize', how: 'never there' },
      { member: 'SessionTokenUtilization', how: 'never there' },
    ],
    async run(input, call) {
      enforce(INPUT, input)
      const { Name: name = '', Policy: policy, Tags: tags = [] } = input
      if (new Set(tags.map(({ Key }) => Key?.toLowerCase())).size < tags.length) throw duplicateTags()
      if ((input.PolicyArns ?? []).length > 0) throw malformed('Tocsin has no managed policies; give the policy itself.')
      const parsed = policy === undefined ? undefined : parsePolicy(policy)
      if (parsed?.ok === false) throw malformed(parsed.problem)
      const { account } = call.tenant
      const session = { name, policy: policy ?? NOTHING, duration: input.DurationSeconds }
      const Credentials = await issue(parts, call, 'GetFederationToken', session)
      return {
        Credentials,
        FederatedUser: { FederatedUserId: `${account}:${name}`, Arn: `arn:aws:sts::${account}:federated-user/${name}` },
        PackedPolicySize: Math.ceil(((policy ?? '').length / POLICY_LENGTH) * 100),
      }
    },
  })

const duplicateTags = (): Fault =>
  new Fault('InvalidParameterValue', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')

const malformed = (message: string): Fault => new Fault('MalformedPolicyDocument', message, { shape: 'MalformedPolicyDocumentException' })
