import type { StopQueryCommandInput, StopQueryResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogSearcher } from './ports.ts'
import { queryOf } from './query-of.ts'

const INPUT = structure({ queryId: text({ min: 1, max: 256 }) }, ['queryId'])

export const stopQuery = (queries: LogSearcher) =>
  operation<StopQueryCommandInput, StopQueryResponse>({
    name: 'StopQuery',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const query = await queryOf(queries, tenant, input.queryId!)
      if (!(await queries.stop(query))) throw invalidParameter('Query has already ended: the specified query is not running.')
      return { success: true }
    },
  })
