import type { ListTagsForResourceCommandInput, ListTagsForResourceOutput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { enforce, structure } from '../constraints.ts'
import { amazonResourceName } from './limits.ts'
import type { AlarmStore, TagStore } from './ports.ts'
import { requireTaggable } from './tagged-resource.ts'

const INPUT = structure({ ResourceARN: amazonResourceName }, ['ResourceARN'])

export const listTagsForResource = (alarms: AlarmStore, tags: TagStore) =>
  operation<ListTagsForResourceCommandInput, ListTagsForResourceOutput>({
    name: 'ListTagsForResource',
    kind: 'read',
    access: 'signed',
    resources: input => [input.ResourceARN ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      await requireTaggable(alarms, call.tenant, input.ResourceARN!)
      const found = await tags.get(call.tenant, input.ResourceARN!)
      return { Tags: Object.entries(found).map(([Key, Value]) => ({ Key, Value })) }
    },
  })
