import type { TagResourceCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { tooManyTags } from './faults.ts'
import { check } from './limits.ts'
import type { LogTags } from './ports.ts'
import { taggedArn, type TaggedResources } from './tagged-resource.ts'
import { checkTagCount, checkTags, RESOURCE_ARN } from './tags.ts'

const INPUT = structure({ resourceArn: RESOURCE_ARN, tags: text() }, ['resourceArn', 'tags'])

export const tagResource = (resources: TaggedResources, tags: LogTags) =>
  operation<TagResourceCommandInput, undefined>({
    name: 'TagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.resourceArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const added = checkTags(input.tags)
      const arn = await taggedArn(resources, tenant, input.resourceArn!)
      checkTagCount(await tags.get(tenant, arn), added, () => tooManyTags(arn))
      await tags.put(tenant, arn, added)
      return undefined
    },
  })
