import { UNITS } from '../../model/metric.ts'
import { integer, list, oneOf, structure, text } from '../constraints.ts'

/** Limits of the shapes in AWS's model of CloudWatch (API 2010-08-01), under the shapes' names. */
export const alarmName = text({ min: 1, max: 255 })
export const alarmNames = list(alarmName, { max: 100 })
export const alarmTypes = list(oneOf(['CompositeAlarm', 'LogAlarm', 'MetricAlarm']))
export const stateValue = oneOf(['INSUFFICIENT_DATA', 'ALARM', 'OK'])
export const scanBy = oneOf(['TimestampDescending', 'TimestampAscending'])
export const maxRecords = integer({ min: 1, max: 100 })

export const namespace = text({ min: 1, max: 255, pattern: /[^:].*/ })
export const metricName = text({ min: 1, max: 255 })
export const standardUnit = oneOf(UNITS)
export const statistic = oneOf(['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'])
export const period = integer({ min: 1 })
export const dimensionName = text({ min: 1, max: 255 })
export const dimensionValue = text({ min: 1, max: 1024 })
export const dimensions = list(structure({ Name: dimensionName, Value: dimensionValue }, ['Name', 'Value']), { max: 30 })

export const resourceList = list(text({ min: 1, max: 1024 }), { max: 5 })
export const amazonResourceName = text({ min: 1, max: 1024 })
export const tagKey = text({ min: 1, max: 128 })
export const tagList = list(structure({ Key: tagKey, Value: text({ min: 0, max: 256 }) }, ['Key', 'Value']))

/** The model's `Name`: of mute rules and of the alarms that they target. */
export const muteRuleName = text({ min: 1, max: 255 })
