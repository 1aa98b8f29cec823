import type { DeleteDestinationCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logDestinationArn } from '../../base/arn.ts'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { DESTINATION_NAME, destinationNamed } from './destinations.ts'
import { check } from './limits.ts'
import type { LogDestinationStore } from './ports.ts'

const INPUT = structure({ destinationName: DESTINATION_NAME }, ['destinationName'])

/** Filters that lead to it stay, as on AWS, and what they send fails from then on. */
export const deleteDestination = (destinations: LogDestinationStore) =>
  operation<DeleteDestinationCommandInput, undefined>({
    name: 'DeleteDestination',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [logDestinationArn(tenant, input.destinationName ?? '')],
    async run(input, { tenant }) {
      check(INPUT, input)
      await destinations.delete(destinationNamed(destinations, tenant, input.destinationName!))
      return undefined
    },
  })
