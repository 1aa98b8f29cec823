import type { Anomaly, ListAnomaliesCommandInput, ListAnomaliesResponse, PatternToken } from '@aws-sdk/client-cloudwatch-logs'
import { logAnomalyDetectorArn } from '../../../base/arn.ts'
import type { LogAnomaly } from '../../../engines/log-patterns/anomaly.ts'
import { integer, oneOf, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import { DETECTOR_ARN, detectorOf } from './detector-of.ts'
import type { LogAnomalyPorts } from './ports.ts'

const MAX_ANOMALIES = 50
const INPUT = structure({
  anomalyDetectorArn: DETECTOR_ARN,
  suppressionState: oneOf(['SUPPRESSED', 'UNSUPPRESSED']),
  limit: integer({ min: 1, max: MAX_ANOMALIES }),
  nextToken: NEXT_TOKEN,
})

export const listAnomalies = ({ detectors, book }: LogAnomalyPorts) =>
  operation<ListAnomaliesCommandInput, ListAnomaliesResponse>({
    name: 'ListAnomalies',
    kind: 'read',
    access: 'signed',
    resources: ({ anomalyDetectorArn }, tenant) => [anomalyDetectorArn ?? logAnomalyDetectorArn(tenant, '*')],
    async run(input, { tenant }) {
      check(INPUT, input)
      const { anomalyDetectorArn, suppressionState } = input
      const asked = anomalyDetectorArn === undefined ? await detectors.list(tenant) : [await detectorOf(detectors, tenant, anomalyDetectorArn)]
      const found = (await Promise.all(asked.map(detector => book.anomalies(detector)))).flat()
      const named = found
        .filter(({ suppressed }) => suppressionState === undefined || suppressed === (suppressionState === 'SUPPRESSED'))
        .map(anomaly => ({ name: `${String(Number.MAX_SAFE_INTEGER - anomaly.firstSeen).padStart(16, '0')} ${anomaly.anomalyId}`, anomaly }))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(named, input.nextToken, input.limit ?? MAX_ANOMALIES)
      return { anomalies: items.map(({ anomaly }) => described(anomaly)), nextToken }
    },
  })

const described = (anomaly: LogAnomaly): Anomaly => {
  const { anomalyId, patternId, anomalyDetectorArn, patternString, patternRegex, priority, firstSeen, lastSeen, description, active, state } = anomaly
  const { suppressed, suppressedDate, suppressedUntil, isPatternLevelSuppression } = anomaly
  return {
    anomalyId, patternId, anomalyDetectorArn, patternString, patternRegex, priority, firstSeen, lastSeen, description, active, state,
    suppressed, suppressedDate, suppressedUntil, isPatternLevelSuppression,
    histogram: Object.fromEntries(anomaly.histogram.map(([at, events]) => [String(at), events])),
    patternTokens: anomaly.patternTokens.map(describedToken),
    logSamples: anomaly.logSamples.map(({ timestamp, message }) => ({ timestamp, message })),
    logGroupArnList: [...anomaly.logGroupArnList],
  }
}

const describedToken = ({ dynamicTokenPosition, isDynamic, tokenString, enumerations, inferredTokenName }: LogAnomaly['patternTokens'][number]): PatternToken => ({
  dynamicTokenPosition, isDynamic, tokenString, enumerations: enumerations && { ...enumerations }, inferredTokenName,
})
