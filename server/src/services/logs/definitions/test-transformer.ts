import type { TestTransformerCommandInput, TestTransformerResponse } from '@aws-sdk/client-cloudwatch-logs'
import { list, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { readTransformer, TRANSFORMER_CONFIG, transformerDifferences } from './transformer-config.ts'

const INPUT = structure(
  { transformerConfig: TRANSFORMER_CONFIG, logEventMessages: list(text({ min: 1 }), { min: 1, max: 50 }) },
  ['transformerConfig', 'logEventMessages'],
)

export const testTransformer = () =>
  operation<TestTransformerCommandInput, TestTransformerResponse>({
    name: 'TestTransformer',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      { member: 'transformedLogs.transformedEventMessage', how: 'absent where the parser cannot read the event' },
      ...transformerDifferences('transformerConfig'),
    ],
    run(input, { tenant: { account, region } }) {
      check(INPUT, input)
      const { transform } = readTransformer(input.transformerConfig!)
      return {
        transformedLogs: input.logEventMessages!.map((eventMessage, eventNumber) => ({
          eventNumber,
          eventMessage,
          transformedEventMessage: transform({ message: eventMessage, logGroup: 'test', logStream: 'test', account, region }),
        })),
      }
    },
  })
