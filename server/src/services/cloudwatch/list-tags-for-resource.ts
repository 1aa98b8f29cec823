import type { ListTagsForResourceCommandInput, ListTagsForResourceOutput } from '@aws-sdk/client-cloudwatch'
import { parseArn } from '../../base/arn.ts'
import { shownTag } from '../../model/stream-endpoint.ts'
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
      const shown = parseArn(input.ResourceARN!)?.resource.startsWith('metric-stream/') === true ? shownTag : (_key: string, value: string) => value
      return { Tags: Object.entries(found).map(([Key, Value]) => ({ Key, Value: shown(Key, Value) })) }
    },
  })
