import { isObject } from '../../../base/is-object.ts'
import type { Check } from './checks.ts'
import type { Findings } from './findings.ts'
import { metricOptions } from './metric-options.ts'

/** Metrics in one widget, and in all of a dashboard; AWS's limits. */
const WIDGET_METRICS = 500
export const DASHBOARD_METRICS = 2500

const NO_METRICS = 'Field "metrics" has to be an array of array of strings, with an optional metricRenderer object as last element'

/** `[[Namespace, Name, Dimension, Value, …, options], [{expression}], …]`, with `.` and `...`. */
export const metricsArray: Check = (value, at, findings) => {
  if (!Array.isArray(value)) {
    findings.error(at, 'Should be array')
    findings.error(at, NO_METRICS)
  } else if (value.length > WIDGET_METRICS) findings.error(at, `Should NOT have more than ${WIDGET_METRICS} items`)
  else value.forEach((item, place) => metricsItem(item, `${at}/${place}`, findings))
}

const metricsItem: Check = (item, at, findings) => {
  if (!Array.isArray(item)) {
    findings.error(at, 'Should be array')
    findings.error(at, NO_METRICS)
    return
  }
  const last = item.at(-1) as unknown
  const options = isObject(last) ? last : undefined
  const texts = options === undefined ? item : item.slice(0, -1)
  if (texts.length === 0) {
    if (options === undefined) findings.error(at, 'Should NOT have fewer than 1 items')
    else if (typeof options['expression'] !== 'string') findings.error(at, NO_METRICS)
    else metricOptions(options, `${at}/0`, findings)
    return
  }
  const strays = texts.flatMap((text, place) => (typeof text === 'string' ? [] : [place]))
  for (const place of strays) findings.error(`${at}/${place}`, 'Invalid metric field type, only "String" type is allowed')
  if (strays.length > 0) return
  countOf(texts, item.length, at, findings)
  if (options !== undefined) lastElement(options, texts.length, at, findings)
}

/** Names and values come in pairs, unless `...` stands for some of them. */
const countOf = (texts: readonly unknown[], length: number, at: string, findings: Findings): void => {
  if (texts.includes('...')) return
  if (texts.length < 2) findings.error(at, 'Should NOT have fewer than 2 items')
  else if (texts.length % 2 !== 0) findings.error(at, `Should NOT have more than ${length - 1} items`)
}

/** AWS only says that the options are one item too many; what is wrong with them is said besides. */
const lastElement = (options: object, place: number, at: string, findings: Findings): void => {
  const before = findings.errorCount
  metricOptions(options, `${at}/${place}`, findings)
  if (findings.errorCount > before) findings.error(at, `Should NOT have more than ${place} items`)
}
