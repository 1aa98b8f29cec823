import type { PutAnomalyDetectorCommandInput, PutAnomalyDetectorOutput } from '@aws-sdk/client-cloudwatch'
import { detectorId } from '../../engines/bands/detector-id.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { detectorConfiguration } from './detectors/configuration.ts'
import { configuration, source } from './detectors/limits.ts'
import type { DetectorStore } from './detectors/ports.ts'
import { detectorSource } from './detectors/source.ts'

const INPUT = structure({ ...source, Configuration: configuration })

/** Creates the detector of a metric or an expression, or configures the one that is there anew. */
export const putAnomalyDetector = (detectors: DetectorStore) =>
  operation<PutAnomalyDetectorCommandInput, PutAnomalyDetectorOutput>({
    name: 'PutAnomalyDetector',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    differs: [
      {
        how:
          "the model is [the server's own](../server/src/engines/bands/README.md), with a band from an hour of data on: AWS's is " +
          'not published',
      },
      {
        member: 'SingleMetricAnomalyDetector.AccountId',
        how: 'another account is refused with `InvalidParameterValue`: accounts are kept apart',
      },
    ],
    async run(input, { tenant, now }) {
      enforce(INPUT, input)
      const learnsFrom = detectorSource(input, tenant)
      const id = detectorId(tenant, learnsFrom)
      const learnsHow = detectorConfiguration(input.Configuration, input.MetricCharacteristics)
      await detectors.put({ tenant, id, source: learnsFrom, configuration: learnsHow, configuredAt: now })
      return { AnomalyDetectorId: id }
    },
  })
