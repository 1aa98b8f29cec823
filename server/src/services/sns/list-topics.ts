import type { ListTopicsCommandInput, ListTopicsResponse } from '@aws-sdk/client-sns'
import { operation } from '../operation.ts'
import { pageOf } from './page.ts'
import type { SnsParts } from './parts.ts'

export const listTopics = ({ topics }: SnsParts) =>
  operation<ListTopicsCommandInput, ListTopicsResponse>({
    name: 'ListTopics',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      const { items, ...next } = pageOf(await topics.list(tenant), input.NextToken)
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...next }
    },
  })
