import type { DescribeQueryDefinitionsCommandInput, DescribeQueryDefinitionsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { integer, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageFrom } from './offset-page.ts'
import type { QueryDefinitionStore } from './ports.ts'

const INPUT = structure({
  queryDefinitionNamePrefix: text({ min: 1, max: 255 }),
  maxResults: integer({ min: 1, max: 1000 }),
  nextToken: NEXT_TOKEN,
  queryLanguage: oneOf(['CWLI', 'SQL', 'PPL']),
})
const DEFAULT_RESULTS = 1000

export const describeQueryDefinitions = (definitions: QueryDefinitionStore) =>
  operation<DescribeQueryDefinitionsCommandInput, DescribeQueryDefinitionsResponse>({
    name: 'DescribeQueryDefinitions',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { queryDefinitionNamePrefix: prefix = '', queryLanguage = 'CWLI' } = input
      const all = queryLanguage === 'CWLI' ? await definitions.list(tenant) : []
      const { items, nextToken } = pageFrom(all.filter(({ name }) => name.startsWith(prefix)), input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      const queryDefinitions = items.map(({ id, name, text: queryString, groups, parameters, modifiedAt }) => ({
        queryLanguage: 'CWLI' as const,
        queryDefinitionId: id,
        name,
        queryString,
        lastModified: modifiedAt,
        ...(groups.length === 0 ? {} : { logGroupNames: [...groups] }),
        ...(parameters.length === 0 ? {} : { parameters: parameters.map(({ name: parameter, defaultValue, description }) => ({ name: parameter, defaultValue, description })) }),
      }))
      return { queryDefinitions, nextToken }
    },
  })
