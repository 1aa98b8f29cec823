import type { DeleteAnomalyDetectorCommandInput, DeleteAnomalyDetectorOutput } from '@aws-sdk/client-cloudwatch'
import { detectorId } from '../../engines/bands/detector-id.ts'
import { enforce, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { source } from './detectors/limits.ts'
import type { DetectorStore } from './detectors/ports.ts'
import { detectorSource, exclusive, NAMED } from './detectors/source.ts'
import { resourceNotFound } from './faults.ts'

const INPUT = structure({ ...source, AnomalyDetectorId: text({ min: 1, max: 255 }) })

/** Deletes a detector with what it has learnt. Where an alarm has a band around the same series, a new one is made in its place. */
export const deleteAnomalyDetector = (detectors: DetectorStore) =>
  operation<DeleteAnomalyDetectorCommandInput, DeleteAnomalyDetectorOutput>({
    name: 'DeleteAnomalyDetector',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      {
        member: 'SingleMetricAnomalyDetector.AccountId',
        how: 'another account is refused with `InvalidParameterValue`: accounts are kept apart',
      },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const named = NAMED.find(name => input[name] !== undefined)
      if (input.AnomalyDetectorId !== undefined && named !== undefined) throw exclusive('AnomalyDetectorId', named)
      const id = input.AnomalyDetectorId ?? detectorId(tenant, detectorSource(input, tenant))
      if (!(await detectors.delete(tenant, id))) throw resourceNotFound('anomaly-detector', id)
      return {}
    },
  })
