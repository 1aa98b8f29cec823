import type { PutQueryDefinitionCommandInput, PutQueryDefinitionResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { Entropy } from '../../../base/entropy.ts'
import { uuidOf } from '../../../base/uuid-of.ts'
import { languageOf } from '../../../engines/insights/compile-query.ts'
import type { QueryDefinition } from '../../../model/query-definition.ts'
import { Fault } from '../../../wire/fault.ts'
import { list, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, notFound } from '../faults.ts'
import { check, LOG_GROUP_PREFIX } from '../limits.ts'
import type { QueryDefinitionStore } from './ports.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MAX_DEFINITIONS = 1000
/** As of a query. */
const MAX_GROUPS = 50
const INPUT = structure(
  {
    name: text({ min: 1, max: 255 }),
    queryDefinitionId: text({ min: 1, max: 256 }),
    logGroupNames: list(LOG_GROUP_PREFIX),
    queryString: text({ min: 1, max: 10_000 }),
    clientToken: text({ min: 36, max: 128, pattern: /\S{36,128}/ }),
    queryLanguage: oneOf(['CWLI', 'SQL', 'PPL']),
    parameters: list(
      structure(
        { name: text({ min: 1, max: 128, pattern: /[a-zA-Z_][a-zA-Z0-9_]*/, patternText: '^[a-zA-Z_][a-zA-Z0-9_]*' }), defaultValue: text({ max: 1024 }), description: text({ max: 512 }) },
        ['name'],
      ),
      { max: 20 },
    ),
  },
  ['name', 'queryString'],
)

export const putQueryDefinition = (definitions: QueryDefinitionStore, entropy: Entropy) =>
  operation<PutQueryDefinitionCommandInput, PutQueryDefinitionResponse>({
    name: 'PutQueryDefinition',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { how: 'the text is kept as it is, also where it is no query: it is read when it is run' },
      { member: 'queryLanguage', how: 'PPL is refused; of a text that begins with SELECT it is SQL' },
      { member: 'parameters', how: 'kept and shown; whoever runs the query puts their values in' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      if ((input.logGroupNames ?? []).length > MAX_GROUPS) throw invalidParameter('Too many log groups specified')
      if (input.queryLanguage === 'PPL') throw invalidParameter('The query language PPL is not supported.')
      if (input.queryLanguage === 'SQL' && languageOf(input.queryString!) !== 'SQL') throw invalidParameter('A query in SQL must begin with SELECT.')
      const parameters = (input.parameters ?? []).map(({ name, defaultValue, description }) => ({ name: name!, defaultValue, description }))
      if (new Set(parameters.map(({ name }) => name)).size < parameters.length) throw invalidParameter('Query parameters must have different names.')
      const { queryDefinitionId, clientToken } = input
      // The same token again is the same request again.
      const id = queryDefinitionId ?? (clientToken === undefined ? entropy.uuid() : uuidOf(tenant.account, tenant.region, clientToken))
      const definition: QueryDefinition = { tenant, id, name: input.name!, text: input.queryString!, groups: input.logGroupNames ?? [], parameters, modifiedAt: now }
      if (await definitions.update(definition)) return { queryDefinitionId: id }
      if (queryDefinitionId !== undefined) throw notFound('The specified query definition does not exist.')
      if ((await definitions.list(tenant)).length >= MAX_DEFINITIONS) throw new Fault('LimitExceededException', 'Resource limit exceeded.')
      await definitions.create(definition)
      return { queryDefinitionId: id }
    },
  })
