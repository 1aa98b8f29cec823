import type { DeleteLogAnomalyDetectorCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { DETECTOR_ARN, detectorOf } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const INPUT = structure({ anomalyDetectorArn: DETECTOR_ARN }, ['anomalyDetectorArn'])

export const deleteLogAnomalyDetector = ({ detectors }: LogAnomalyPorts) =>
  operation<DeleteLogAnomalyDetectorCommandInput, undefined>({
    name: 'DeleteLogAnomalyDetector',
    kind: 'write',
    access: 'signed',
    resources: ({ anomalyDetectorArn }) => [anomalyDetectorArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      await detectors.delete(await detectorOf(detectors, tenant, input.anomalyDetectorArn))
      return undefined
    },
  })
