import type { GetLogAnomalyDetectorCommandInput, GetLogAnomalyDetectorResponse } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { describedDetector } from './described-detector.ts'
import { DETECTOR_ARN, detectorOf } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const INPUT = structure({ anomalyDetectorArn: DETECTOR_ARN }, ['anomalyDetectorArn'])

export const getLogAnomalyDetector = ({ detectors, book }: LogAnomalyPorts) =>
  operation<GetLogAnomalyDetectorCommandInput, GetLogAnomalyDetectorResponse>({
    name: 'GetLogAnomalyDetector',
    kind: 'read',
    access: 'signed',
    resources: ({ anomalyDetectorArn }) => [anomalyDetectorArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      return describedDetector(await detectorOf(detectors, tenant, input.anomalyDetectorArn), book)
    },
  })
