import type { ListTagsForResourceCommandInput, ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { check } from './limits.ts'
import type { LogTags } from './ports.ts'
import { taggedArn, type TaggedResources } from './tagged-resource.ts'
import { RESOURCE_ARN } from './tags.ts'

const INPUT = structure({ resourceArn: RESOURCE_ARN }, ['resourceArn'])

export const listTagsForResource = (resources: TaggedResources, tags: LogTags) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    kind: 'read',
    access: 'signed',
    resources: input => [input.resourceArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      return { tags: { ...(await tags.get(tenant, await taggedArn(resources, tenant, input.resourceArn!))) } }
    },
  })
