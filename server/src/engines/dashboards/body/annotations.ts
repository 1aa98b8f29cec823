import { isAbsoluteTime } from '../time-range.ts'
import { array, boolean, type Check, number, object, oneOf, string } from './checks.ts'
import { axisSide, color } from './metric-options.ts'

const horizontal = object(
  { value: number(), label: string(), color, fill: oneOf('above', 'below', 'none'), visible: boolean, yAxis: axisSide },
  ['value'],
)

const instant: Check = (value, at, findings) => {
  if (typeof value !== 'string') findings.error(at, 'Should be string')
  else if (!isAbsoluteTime(value)) findings.error(at, 'Should match format "date-time"')
}

const vertical = object(
  { value: instant, label: string(), color, fill: oneOf('before', 'after', 'none'), visible: boolean },
  ['value'],
)

/** One line, or the two edges of a band. */
const lineOrBand = (line: Check): Check => {
  const band = array(line, { min: 2, max: 2 })
  return (value, at, findings) => (Array.isArray(value) ? band : line)(value, at, findings)
}

export const annotations = object({
  alarms: array(string(), { max: 1 }),
  horizontal: array(lineOrBand(horizontal)),
  vertical: array(lineOrBand(vertical)),
})
