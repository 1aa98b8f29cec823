import type { PutDestinationCommandInput, PutDestinationResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logDestinationArn } from '../../base/arn.ts'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { DESTINATION_NAME, shownDestination } from './destinations.ts'
import { check } from './limits.ts'
import type { LogDestinationStore } from './ports.ts'
import { checkDestination, type DestinationParts } from './subscription-destination.ts'
import { checkTags } from './tags.ts'

const INPUT = structure({ destinationName: DESTINATION_NAME, targetArn: text({ min: 1 }), roleArn: text({ min: 1 }) }, ['destinationName', 'targetArn', 'roleArn'])

export const putDestination = (destinations: LogDestinationStore, parts: Pick<DestinationParts, 'topics'>) =>
  operation<PutDestinationCommandInput, PutDestinationResponse>({
    name: 'PutDestination',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [logDestinationArn(tenant, input.destinationName ?? '')],
    tagged: (input, tenant) => (input.tags === undefined ? undefined : logDestinationArn(tenant, input.destinationName ?? '')),
    differs: [
      { member: 'targetArn', how: 'besides a Kinesis or Firehose stream an SNS topic, an http or https address, or whatever else a subscription filter takes' },
      { member: 'roleArn', how: 'recorded and shown; nothing is assumed' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const tags = checkTags(input.tags)
      const arn = logDestinationArn(tenant, input.destinationName!)
      // No destination leads to another one.
      const role = /^arn:[^:]*:(kinesis|firehose):/.test(input.targetArn!) ? input.roleArn : undefined
      await checkDestination({ ...parts, destinations: { byArn: () => undefined } }, tenant, input.targetArn!, role, 'PutDestination')
      const before = destinations.byArn(arn)
      const destination = {
        tenant,
        name: input.destinationName!,
        arn,
        targetArn: input.targetArn!,
        roleArn: input.roleArn!,
        accessPolicy: before?.accessPolicy,
        createdAt: before?.createdAt ?? now,
      }
      await destinations.put(destination, tags)
      return { destination: shownDestination(destination) }
    },
  })
