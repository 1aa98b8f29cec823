import type { EpochMillis } from '../../../base/time.ts'
import { validationError } from '../../../wire/fault.ts'
import type { Series } from '../ports.ts'

/** What a label's `${…}` can speak of. */
export interface LabelFacts {
  /** What `${LABEL}` stands for. */
  readonly label: string
  readonly series: Series
  readonly now: EpochMillis
  /** Minutes ahead of UTC. */
  readonly timezone: number
  /** What `${PROP('…')}` names; dimensions as `Dim.<name>`. */
  readonly properties: Readonly<Record<string, string>>
}

/** At most so many dynamic values in one label, `${LABEL}` among them once. */
const DYNAMIC_LIMIT = 6

/** Throws `ValidationError` for a label with more dynamic values than CloudWatch takes. */
export const checkDynamicLabel = (label: string, at: string): void => {
  const tokens = [...label.matchAll(TOKEN)].map(([, token]) => token!).filter(token => PROPERTY.test(token) || Object.hasOwn(VALUES, token))
  if (tokens.length > DYNAMIC_LIMIT) {
    throw validationError(`The parameter ${at}.Label must not have more than ${DYNAMIC_LIMIT} dynamic values.`)
  }
  if (tokens.filter(token => token === 'LABEL').length > 1) {
    throw validationError(`The parameter ${at}.Label must not have \${LABEL} more than once.`)
  }
}

/** Whether anything in the label is to be filled in. */
export const isDynamic = (label: string): boolean => label.search(TOKEN) >= 0

/** Fills in the dynamic values; a value that an empty series does not have shows as `--`, unknown tokens stay as written. */
export const dynamicLabel = (label: string, facts: LabelFacts): string =>
  label.replaceAll(TOKEN, (written, token: string) => {
    const property = PROPERTY.exec(token)?.[1]
    if (property !== undefined) return (Object.hasOwn(facts.properties, property) ? facts.properties[property] : undefined) ?? NOTHING
    const value = Object.hasOwn(VALUES, token) ? VALUES[token] : undefined
    return value === undefined ? written : value(facts)
  })

const TOKEN = /\$\{([^{}]{1,300})\}/g
const PROPERTY = /^PROP\('([^']*)'\)$/
const NOTHING = '--'

/** Index of a datapoint in the series, or undefined when it is empty. */
type Pick = (series: Series) => number | undefined

const first: Pick = ({ values }) => (values.length === 0 ? undefined : 0)
const last: Pick = ({ values }) => (values.length === 0 ? undefined : values.length - 1)
const best = (beats: (a: number, b: number) => boolean): Pick => ({ values }) => {
  let chosen: number | undefined
  values.forEach((value, index) => {
    if (chosen === undefined || beats(value, values[chosen]!)) chosen = index
  })
  return chosen
}
const max = best((a, b) => a > b)
const min = best((a, b) => a < b)
const sum = ({ values }: Series): number => values.reduce((total, value) => total + value, 0)

const value = (pick: Pick) => (facts: LabelFacts): string => {
  const index = pick(facts.series)
  return index === undefined ? NOTHING : figure(facts.series.values[index]!)
}
const time = (pick: Pick) => (facts: LabelFacts): string => {
  const index = pick(facts.series)
  return index === undefined ? NOTHING : localTime(facts.series.timestamps[index]!, facts.timezone)
}
const relative = (pick: Pick) => (facts: LabelFacts): string => {
  const index = pick(facts.series)
  return index === undefined ? NOTHING : span(facts.now / 1000 - facts.series.timestamps[index]!)
}
const range = (from: Pick, to: Pick) => ({ series }: LabelFacts): string => {
  const [a, b] = [from(series), to(series)]
  return a === undefined || b === undefined ? NOTHING : figure(series.values[b]! - series.values[a]!)
}
const timeRange = (from: Pick, to: Pick) => ({ series }: LabelFacts): string => {
  const [a, b] = [from(series), to(series)]
  return a === undefined || b === undefined ? NOTHING : span(Math.abs(series.timestamps[b]! - series.timestamps[a]!))
}

const VALUES: Readonly<Record<string, (facts: LabelFacts) => string>> = {
  AVG: ({ series }) => (series.values.length === 0 ? NOTHING : figure(sum(series) / series.values.length)),
  DATAPOINT_COUNT: ({ series }) => String(series.values.length),
  FIRST: value(first),
  FIRST_LAST_RANGE: range(first, last),
  FIRST_LAST_TIME_RANGE: timeRange(first, last),
  FIRST_TIME: time(first),
  FIRST_TIME_RELATIVE: relative(first),
  LABEL: ({ label }) => label,
  LAST: value(last),
  LAST_TIME: time(last),
  LAST_TIME_RELATIVE: relative(last),
  MAX: value(max),
  MAX_TIME: time(max),
  MAX_TIME_RELATIVE: relative(max),
  MIN: value(min),
  MIN_MAX_RANGE: range(min, max),
  MIN_MAX_TIME_RANGE: timeRange(min, max),
  MIN_TIME: time(min),
  MIN_TIME_RELATIVE: relative(min),
  SUM: ({ series }) => (series.values.length === 0 ? NOTHING : figure(sum(series))),
}

/** AWS's own rounding is not documented; six digits tell all that a label can. */
const figure = (number: number): string => String(Number.isInteger(number) ? number : Number(number.toPrecision(6)))

const localTime = (at: number, timezone: number): string =>
  new Date((at + timezone * 60) * 1000).toISOString().slice(0, 19).replace('T', ' ')

/** `3d 4h`, `2h 10m`, `45s`: the two largest units. */
const span = (length: number): string => {
  const parts = UNITS.map(([size, letter], index) => {
    const above = UNITS[index - 1]?.[0] ?? Infinity
    return [Math.floor((length % above) / size), letter] as const
  })
  const from = parts.findIndex(([count]) => count > 0)
  if (from === -1) return '0s'
  return parts.slice(from, from + 2).filter(([count]) => count > 0).map(([count, letter]) => `${count}${letter}`).join(' ')
}
const UNITS = [[86_400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']] as const

/** Minutes ahead of UTC of `+0130`; undefined for anything else. */
export const parseTimezone = (text: string): number | undefined => {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(text)
  if (match === null || Number(match[2]) > 23 || Number(match[3]) > 59) return undefined
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
