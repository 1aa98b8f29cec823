import type { Tenant } from '../../../base/tenancy.ts'
import type { LogAnomalyDetector } from '../../../model/log-anomaly-detector.ts'
import { compilePattern } from '../../../engines/patterns/compile-pattern.ts'
import { FilterPatternProblem } from '../../../engines/patterns/filter-pattern-problem.ts'
import { integer, oneOf, text } from '../../constraints.ts'
import { invalidParameter, notFound } from '../faults.ts'
import type { LogAnomalyDetectorStore } from './ports.ts'

export const DETECTOR_ARN = text({ min: 1, pattern: /[\w#+=/:,.@-]*/ })
/** Also as DescribeLogGroups answers it, with `:*` at its end. */
export const LOG_GROUP_ARN = text({ min: 1, max: 2048, pattern: /[\w#+=/:,.@-]*(?::\*)?/ })
export const FREQUENCY = oneOf(['ONE_MIN', 'FIVE_MIN', 'TEN_MIN', 'FIFTEEN_MIN', 'THIRTY_MIN', 'ONE_HOUR'])
export const FILTER_PATTERN = text({ max: 1024 })
/** Days. */
export const VISIBILITY = integer({ min: 7, max: 90 })

/** The tenant's detector; throws when there is none. */
export const detectorOf = async (detectors: LogAnomalyDetectorStore, tenant: Tenant, arn: string | undefined): Promise<LogAnomalyDetector> => {
  const found = (await detectors.list(tenant)).find(detector => detector.arn === arn)
  if (found === undefined) throw notFound('The specified anomaly detector does not exist.')
  return found
}

export const checkFilterPattern = (pattern: string | undefined): void => {
  if (pattern === undefined || pattern.trim() === '') return
  try {
    compilePattern(pattern)
  } catch (error) {
    if (error instanceof FilterPatternProblem) throw invalidParameter(error.message)
    throw error
  }
}
