import type { ListLogAnomalyDetectorsCommandInput, ListLogAnomalyDetectorsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logAnomalyDetectorArn } from '../../../base/arn.ts'
import { integer, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import { describedDetector } from './described-detector.ts'
import { LOG_GROUP_ARN } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const MAX_DETECTORS = 50
const INPUT = structure({ filterLogGroupArn: LOG_GROUP_ARN, limit: integer({ min: 1, max: MAX_DETECTORS }), nextToken: NEXT_TOKEN })

export const listLogAnomalyDetectors = ({ detectors, book }: LogAnomalyPorts) =>
  operation<ListLogAnomalyDetectorsCommandInput, ListLogAnomalyDetectorsResponse>({
    name: 'ListLogAnomalyDetectors',
    kind: 'read',
    access: 'signed',
    resources: (_, tenant) => [logAnomalyDetectorArn(tenant, '*')],
    async run(input, { tenant }) {
      check(INPUT, input)
      const arn = input.filterLogGroupArn?.replace(/:\*$/, '')
      const found = (await detectors.list(tenant)).filter(({ group }) => arn === undefined || group.arn === arn)
      const named = found.map(detector => ({ name: detector.id, detector })).sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(named, input.nextToken, input.limit ?? MAX_DETECTORS)
      const anomalyDetectors = await Promise.all(items.map(async ({ detector }) => ({ anomalyDetectorArn: detector.arn, ...(await describedDetector(detector, book)) })))
      return { anomalyDetectors, nextToken }
    },
  })
