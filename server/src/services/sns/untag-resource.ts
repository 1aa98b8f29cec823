import type { UntagResourceCommandInput } from '@aws-sdk/client-sns'
import { enforce, list, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { resourceNotFound } from './faults.ts'
import type { SnsParts } from './parts.ts'
import { resourceNameLimits, tagKeyLimits } from './tags.ts'

const INPUT = structure({ ResourceArn: resourceNameLimits, TagKeys: list(tagKeyLimits) }, ['ResourceArn', 'TagKeys'])

export const untagResource = ({ topics, tags }: SnsParts) =>
  operation<UntagResourceCommandInput, object>({
    name: 'UntagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.ResourceArn ?? '*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      if ((await topics.get(tenant, input.ResourceArn!)) === undefined) throw resourceNotFound()
      await tags.remove(tenant, input.ResourceArn!, input.TagKeys!)
      return {}
    },
  })
