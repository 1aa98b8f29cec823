import type { ListTagsForResourceCommandInput, ListTagsForResourceOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { enforce, structure } from '../constraints.ts'
import { amazonResourceName } from './limits.ts'
import type { TagStore } from './ports.ts'
import { requireTaggable, type TaggableKinds } from './tagged-resource.ts'

const INPUT = structure({ ResourceARN: amazonResourceName }, ['ResourceARN'])

export const listTagsForResource = (kinds: TaggableKinds, tags: TagStore) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceOutput>({
    name: 'ListTagsForResource',
    kind: 'read',
    access: 'signed',
    resources: input => [input.ResourceARN ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      const owner = await requireTaggable(kinds, call.tenant, input.ResourceARN!)
      const found = await tags.get(owner, input.ResourceARN!)
      return { Tags: Object.entries(found).map(([Key, Value]) => ({ Key, Value })) }
    },
  })
