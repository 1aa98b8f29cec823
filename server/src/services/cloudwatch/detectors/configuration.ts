import type { AnomalyDetectorConfiguration, MetricCharacteristics, Range } from '@aws-sdk/client-cloudwatch'
import { epochSeconds } from '../../../base/time.ts'
import { zoneName } from '../../../engines/bands/zone.ts'
import type { DetectorConfiguration } from '../../../model/anomaly-detector.ts'
import { invalidParameterValue } from '../faults.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAnomalyDetector.html */
const RANGES_LIMIT = 10

export const detectorConfiguration = (
  input: AnomalyDetectorConfiguration = {},
  { PeriodicSpikes: periodicSpikes }: MetricCharacteristics = {},
): DetectorConfiguration => {
  const ranges = input.ExcludedTimeRanges ?? []
  if (ranges.length > RANGES_LIMIT) {
    throw invalidParameterValue(`The collection Configuration.ExcludedTimeRanges must not have a size greater than ${RANGES_LIMIT}.`)
  }
  const timezone = input.MetricTimezone
  if (timezone !== undefined && zoneName(timezone) === undefined) {
    throw invalidParameterValue(`The value ${timezone} for parameter Configuration.MetricTimezone is not a time zone of the tz database.`)
  }
  return {
    excluded: ranges.map(excludedRange),
    timezone,
    adaptationSpeed: input.AdaptationSpeed,
    outlierFiltering: input.OutlierFilteringStrength,
    periodicSpikes,
  }
}

const excludedRange = ({ StartTime: start, EndTime: end }: Range) => {
  const [from, to] = [start!.getTime(), end!.getTime()]
  if (!(from < to)) throw invalidParameterValue('Input has invalid parameter.')
  return { from: epochSeconds(Math.floor(from / 1000)), to: epochSeconds(Math.ceil(to / 1000)) }
}
