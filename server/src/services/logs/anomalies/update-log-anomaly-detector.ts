import type { UpdateLogAnomalyDetectorCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check } from '../limits.ts'
import { checkFilterPattern, DETECTOR_ARN, detectorOf, FILTER_PATTERN, FREQUENCY, VISIBILITY } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const INPUT = structure(
  { anomalyDetectorArn: DETECTOR_ARN, evaluationFrequency: FREQUENCY, filterPattern: FILTER_PATTERN, anomalyVisibilityTime: VISIBILITY, enabled: text() },
  ['anomalyDetectorArn', 'enabled'],
)

export const updateLogAnomalyDetector = ({ detectors }: LogAnomalyPorts) =>
  operation<UpdateLogAnomalyDetectorCommandInput, undefined>({
    name: 'UpdateLogAnomalyDetector',
    kind: 'write',
    access: 'signed',
    resources: ({ anomalyDetectorArn }) => [anomalyDetectorArn ?? '*'],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const detector = await detectorOf(detectors, tenant, input.anomalyDetectorArn)
      checkFilterPattern(input.filterPattern)
      await detectors.update({
        ...detector,
        frequency: input.evaluationFrequency ?? detector.frequency,
        filterPattern: input.filterPattern ?? detector.filterPattern,
        visibilityDays: input.anomalyVisibilityTime ?? detector.visibilityDays,
        enabled: input.enabled!,
        modifiedAt: now,
      })
      return undefined
    },
  })
