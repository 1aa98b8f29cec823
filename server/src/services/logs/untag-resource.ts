import type { UntagResourceCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { check } from './limits.ts'
import type { LogTags } from './ports.ts'
import { taggedArn, type TaggedResources } from './tagged-resource.ts'
import { RESOURCE_ARN, TAG_KEYS } from './tags.ts'

const INPUT = structure({ resourceArn: RESOURCE_ARN, tagKeys: TAG_KEYS }, ['resourceArn', 'tagKeys'])

export const untagResource = (resources: TaggedResources, tags: LogTags) =>
  operation<UntagResourceCommandInput, undefined>({
    name: 'UntagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.resourceArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const arn = await taggedArn(resources, tenant, input.resourceArn!)
      await tags.remove(tenant, arn, input.tagKeys!)
      return undefined
    },
  })
