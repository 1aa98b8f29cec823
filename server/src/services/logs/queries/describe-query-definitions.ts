import type { DescribeQueryDefinitionsCommandInput, DescribeQueryDefinitionsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { languageOf } from '../../../engines/insights/compile-query.ts'
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
      const { queryDefinitionNamePrefix: prefix = '', queryLanguage } = input
      const all = (await definitions.list(tenant)).filter(({ text }) => queryLanguage === undefined || languageOf(text) === queryLanguage)
      const { items, nextToken } = pageFrom(all.filter(({ name }) => name.startsWith(prefix)), input.nextToken, input.maxResults ?? DEFAULT_RESULTS)
      const queryDefinitions = items.map(({ id, name, text: queryString, groups, parameters, modifiedAt }) => ({
        queryLanguage: languageOf(queryString),
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
