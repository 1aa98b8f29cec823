import type { PutDestinationPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDestinationArn } from '../../base/arn.ts'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { DESTINATION_NAME, destinationNamed } from './destinations.ts'
import { invalidParameter } from './faults.ts'
import { requireAccessPolicy } from './access-policy.ts'
import { check } from './limits.ts'
import type { LogDestinationStore } from './ports.ts'

const INPUT = structure({ destinationName: DESTINATION_NAME, accessPolicy: text({ min: 1 }) }, ['destinationName', 'accessPolicy'])
/** Documented with the operation. */
const POLICY_BYTES = 5120

export const putDestinationPolicy = (destinations: LogDestinationStore) =>
  operation<PutDestinationPolicyCommandInput, undefined>({
    name: 'PutDestinationPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [logDestinationArn(tenant, input.destinationName ?? '')],
    differs: [
      { member: 'accessPolicy', how: 'recorded and shown; destinations of other accounts cannot be used whatever they allow' },
      { member: 'forceUpdate', how: 'not needed: nothing depends on the policy' },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      const destination = destinationNamed(destinations, tenant, input.destinationName!)
      if (Buffer.byteLength(input.accessPolicy!) > POLICY_BYTES) throw invalidParameter(`The access policy must not be longer than ${POLICY_BYTES} bytes.`)
      requireAccessPolicy(input.accessPolicy!)
      await destinations.put({ ...destination, accessPolicy: input.accessPolicy }, {})
      return undefined
    },
  })
