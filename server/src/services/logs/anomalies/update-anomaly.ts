import type { UpdateAnomalyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { EpochMillis } from '../../../base/time.ts'
import { type AnomalyChange, changed } from '../../../engines/log-patterns/suppression.ts'
import { integer, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, notFound } from '../faults.ts'
import { check } from '../limits.ts'
import { DETECTOR_ARN, detectorOf } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const INPUT = structure(
  {
    anomalyId: text({ min: 36, max: 36 }),
    patternId: text({ min: 32, max: 32 }),
    anomalyDetectorArn: DETECTOR_ARN,
    suppressionType: oneOf(['LIMITED', 'INFINITE']),
    suppressionPeriod: structure({ value: integer({ min: 0 }), suppressionUnit: oneOf(['SECONDS', 'MINUTES', 'HOURS']) }),
  },
  ['anomalyDetectorArn'],
)
const UNITS: Readonly<Record<string, number>> = { SECONDS: 1_000, MINUTES: 60_000, HOURS: 3_600_000 }

export const updateAnomaly = ({ detectors, book }: LogAnomalyPorts) =>
  operation<UpdateAnomalyCommandInput, undefined>({
    name: 'UpdateAnomaly',
    kind: 'write',
    access: 'signed',
    resources: ({ anomalyDetectorArn }) => [anomalyDetectorArn ?? '*'],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { anomalyId, patternId } = input
      if ((anomalyId === undefined) === (patternId === undefined)) throw invalidParameter('Exactly one of anomalyId and patternId must be specified.')
      const change = changeOf(input, now)
      const detector = await detectorOf(detectors, tenant, input.anomalyDetectorArn)
      const found = await book.change(detector, anomaly =>
        anomaly.anomalyId === anomalyId || anomaly.patternId === patternId ? changed(anomaly, change, now, patternId !== undefined) : undefined,
      )
      if (!found) throw notFound(anomalyId === undefined ? 'The specified pattern does not exist.' : 'The specified anomaly does not exist.')
      return undefined
    },
  })

/** Without a suppression, AWS ends the one that there is. */
const changeOf = ({ baseline, suppressionType, suppressionPeriod }: UpdateAnomalyCommandInput, now: EpochMillis): AnomalyChange => {
  if (baseline === true) return { type: 'baseline' }
  if (suppressionType === undefined) return { type: 'unsuppress' }
  if (suppressionType === 'INFINITE') return { type: 'suppress', until: undefined }
  const { value, suppressionUnit } = suppressionPeriod ?? {}
  if (value === undefined || suppressionUnit === undefined) throw invalidParameter('A limited suppression must have a suppressionPeriod.')
  return { type: 'suppress', until: now + value * UNITS[suppressionUnit]! }
}
