import type { TestMetricFilterCommandInput, TestMetricFilterResponse } from '@aws-sdk/client-cloudwatch-logs'
import { LogLine } from '../../engines/patterns/log-line.ts'
import { list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { FILTER_PATTERN, readPattern } from './filter-rules.ts'
import { check } from './limits.ts'

const INPUT = structure(
  { filterPattern: FILTER_PATTERN, logEventMessages: list(text({ min: 1 }), { min: 1, max: 50 }) },
  ['filterPattern', 'logEventMessages'],
)

export const testMetricFilter = () =>
  operation<TestMetricFilterCommandInput, TestMetricFilterResponse>({
    name: 'TestMetricFilter',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    run(input) {
      check(INPUT, input)
      const pattern = readPattern(input.filterPattern!, 'metric filter')
      return {
        // Counted from 0, as the API reference's example is.
        matches: input.logEventMessages!.flatMap((eventMessage, eventNumber) => {
          const values = pattern.extract(new LogLine(eventMessage))
          return values === undefined ? [] : [{ eventNumber, eventMessage, extractedValues: Object.fromEntries(values) }]
        }),
      }
    },
  })
