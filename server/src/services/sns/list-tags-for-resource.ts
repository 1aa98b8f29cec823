import type { ListTagsForResourceCommandInput, ListTagsForResourceResponse } from '@aws-sdk/client-sns'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { resourceNotFound } from './faults.ts'
import type { SnsParts } from './parts.ts'
import { resourceNameLimits } from './tags.ts'

const INPUT = structure({ ResourceArn: resourceNameLimits }, ['ResourceArn'])

export const listTagsForResource = ({ topics, tags }: SnsParts) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceResponse>({
    name: 'ListTagsForResource',
    kind: 'read',
    access: 'signed',
    resources: input => [input.ResourceArn ?? '*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      if ((await topics.get(tenant, input.ResourceArn!)) === undefined) throw resourceNotFound()
      const found = await tags.get(tenant, input.ResourceArn!)
      return { Tags: Object.entries(found).map(([Key, Value]) => ({ Key, Value })) }
    },
  })
