import type { TagResourceCommandInput } from '@aws-sdk/client-sns'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { resourceNotFound } from './faults.ts'
import type { SnsParts } from './parts.ts'
import { checkTagCount, resourceNameLimits, tagListLimits, tagRecord } from './tags.ts'

const INPUT = structure({ ResourceArn: resourceNameLimits, Tags: tagListLimits }, ['ResourceArn', 'Tags'])

export const tagResource = ({ topics, tags, turns }: SnsParts) =>
  operation<TagResourceCommandInput, object>({
    name: 'TagResource',
    kind: 'write',
    access: 'signed',
    resources: input => [input.ResourceArn ?? '*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const arn = input.ResourceArn!
      const added = tagRecord(input.Tags!)
      return turns.run(arn, async () => {
        if ((await topics.get(tenant, arn)) === undefined) throw resourceNotFound()
        checkTagCount({ ...(await tags.get(tenant, arn)), ...added })
        await tags.put(tenant, arn, added)
        return {}
      })
    },
  })
