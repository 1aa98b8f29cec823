import type { AnomalyDetector } from '@aws-sdk/client-cloudwatch-logs'
import type { LogAnomalyDetector } from '../../../model/log-anomaly-detector.ts'
import type { LogAnomalyBook } from './ports.ts'

export const describedDetector = async (detector: LogAnomalyDetector, book: LogAnomalyBook): Promise<AnomalyDetector> => ({
  detectorName: detector.name,
  logGroupArnList: [detector.group.arn],
  evaluationFrequency: detector.frequency,
  filterPattern: detector.filterPattern,
  anomalyDetectorStatus: await book.status(detector),
  kmsKeyId: detector.kmsKeyId,
  creationTimeStamp: detector.createdAt,
  lastModifiedTimeStamp: detector.modifiedAt,
  anomalyVisibilityTime: detector.visibilityDays,
})
