import type { Operation } from '../../operation.ts'
import type { LogGroupStore } from '../ports.ts'
import { createLogAnomalyDetector } from './create-log-anomaly-detector.ts'
import { deleteLogAnomalyDetector } from './delete-log-anomaly-detector.ts'
import { getLogAnomalyDetector } from './get-log-anomaly-detector.ts'
import { listAnomalies } from './list-anomalies.ts'
import { listLogAnomalyDetectors } from './list-log-anomaly-detectors.ts'
import type { LogAnomalyPorts } from './ports.ts'
import { updateAnomaly } from './update-anomaly.ts'
import { updateLogAnomalyDetector } from './update-log-anomaly-detector.ts'

export const anomalyOperations = (groups: LogGroupStore, ports: LogAnomalyPorts): readonly Operation[] => [
  createLogAnomalyDetector(groups, ports),
  getLogAnomalyDetector(ports),
  updateLogAnomalyDetector(ports),
  deleteLogAnomalyDetector(ports),
  listLogAnomalyDetectors(ports),
  listAnomalies(ports),
  updateAnomaly(ports),
]
