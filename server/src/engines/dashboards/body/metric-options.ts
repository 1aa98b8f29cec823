import { isObject } from '../../../base/is-object.ts'
import { boolean, type Check, object, oneOf, string } from './checks.ts'

/** Periods below a minute are those of high-resolution metrics; others are whole minutes. AWS's schema says all that it has tried. */
export const period: Check = (value, at, findings) => {
  if (!Number.isInteger(value)) findings.error(at, 'Should be integer')
  else if (Number(value) < 1) findings.error(at, 'Should be >= 1')
  else if (![1, 5, 10, 20, 30].includes(Number(value)) && Number(value) % 60 !== 0) {
    if (Number(value) < 60) findings.error(at, 'Should be >= 60')
    findings.error(at, 'Should be multiple of 60')
    findings.error(at, 'Should match exactly one schema in oneOf')
  }
}

export const color = string({ pattern: /^#[0-9a-fA-F]{6}$/ })
export const axisSide = oneOf('left', 'right')

const OPTIONS: Readonly<Record<string, Check>> = {
  color,
  label: string(),
  period,
  stat: string(),
  visible: boolean,
  yAxis: axisSide,
  id: string({ pattern: /^[a-z][a-zA-Z0-9_]*$/ }),
  region: string(),
  accountId: string(),
  expression: string({ max: 2048 }),
}

/** The object that ends a metrics item. Here AWS takes no member that it does not know. */
export const metricOptions: Check = (value, at, findings) => {
  if (isObject(value) && Object.keys(value).some(name => !Object.hasOwn(OPTIONS, name))) {
    findings.error(at, 'Should NOT have additional properties')
    return
  }
  object(OPTIONS)(value, at, findings)
}
