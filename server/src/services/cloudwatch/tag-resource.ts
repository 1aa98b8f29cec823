import type { TagResourceCommandInput } from '@aws-sdk/client-cloudwatch'
import { operation } from '../operation.ts'
import { enforce, structure } from '../constraints.ts'
import { invalidParameterValue } from './faults.ts'
import { amazonResourceName, tagList } from './limits.ts'
import type { TagStore } from './ports.ts'
import { requireTaggable, type TaggableKinds } from './tagged-resource.ts'
import { requireTagLimit, tagRecord } from './tags.ts'

const INPUT = structure({ ResourceARN: amazonResourceName, Tags: tagList }, ['ResourceARN', 'Tags'])

export const tagResource = (kinds: TaggableKinds, tags: TagStore) =>
  operation<TagResourceCommandInput, object>({
    name: 'TagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.ResourceARN ?? '*'],
    async run(input, call) {
      enforce(INPUT, input)
      const added = tagRecord(input.Tags!, invalidParameterValue)
      const arn = input.ResourceARN!
      const owner = await requireTaggable(kinds, call.tenant, arn)
      requireTagLimit({ ...(await tags.get(owner, arn)), ...added }, invalidParameterValue)
      await tags.put(owner, arn, added)
      return {}
    },
  })
