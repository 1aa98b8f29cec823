import type { UntagResourceCommandInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { enforce, list, structure } from '../constraints.ts'
import { amazonResourceName, tagKey } from './limits.ts'
import type { TagStore } from './ports.ts'
import { requireTaggable, type TaggableKinds } from './tagged-resource.ts'

const INPUT = structure({ ResourceARN: amazonResourceName, TagKeys: list(tagKey) }, ['ResourceARN', 'TagKeys'])

export const untagResource = (kinds: TaggableKinds, tags: TagStore) =>
  operation<UntagResourceCommandInput, object>({
    name: 'UntagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.ResourceARN ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      const owner = await requireTaggable(kinds, call.tenant, input.ResourceARN!)
      await tags.remove(owner, input.ResourceARN!, input.TagKeys!)
      return {}
    },
  })
