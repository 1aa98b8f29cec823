/**
 * A second evaluator, slow and written from Prometheus's documentation: queries are values that know their text and how to compute
 * themselves over lists of plain objects. Nothing is shared with the engine.
 */
export interface Point {
  readonly labels: Readonly<Record<string, string>>
  readonly samples: readonly (readonly [time: number, value: number])[]
}

type Row = { readonly labels: Readonly<Record<string, string>>; readonly value: number }

export interface Query {
  readonly text: string
  /** Throws for what Prometheus refuses. */
  readonly rows: (data: readonly Point[], at: number) => readonly Row[]
}

const LOOKBACK = 300_000

const without = (labels: Readonly<Record<string, string>>, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)))
const only = (labels: Readonly<Record<string, string>>, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)))
const same = (a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean => written(a) === written(b)
export const written = (labels: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const distinct = (rows: readonly Row[]): readonly Row[] => {
  if (rows.some((row, place) => rows.slice(place + 1).some(other => same(row.labels, other.labels)))) throw new Error('the same labels twice')
  return rows
}

const within = ({ samples }: Point, start: number, end: number): Point['samples'] => samples.filter(([time]) => time > start && time <= end)

export const instant = (name: string, matcher?: readonly [label: string, value: string]): Query => ({
  text: matcher === undefined ? name : `${name}{${matcher[0]}="${matcher[1]}"}`,
  rows: (data, at) => data.filter(series => fits(series, name, matcher)).flatMap(series => {
    const last = within(series, at - LOOKBACK, at).at(-1)
    return last === undefined ? [] : [{ labels: series.labels, value: last[1] }]
  }),
})

const fits = ({ labels }: Point, name: string, matcher?: readonly [string, string]): boolean =>
  labels['__name__'] === name && (matcher === undefined || labels[matcher[0]] === matcher[1])

type Fold = (samples: Point['samples'], start: number, end: number) => number | undefined

const pairs = (samples: Point['samples']): readonly (readonly [before: number, after: number])[] => samples.slice(1).map(([, value], place) => [samples[place]![1], value])

/** Take the slope between the outermost samples, resets made up for; prolong it to the ends of the window where they are near. */
const extrapolated = (counter: boolean, perSecond: boolean): Fold => (samples, start, end) => {
  if (samples.length < 2) return undefined
  const [[first, low], [last, high]] = [samples[0]!, samples.at(-1)!]
  let rise = high - low
  if (counter) for (const [before, after] of pairs(samples)) rise += after < before ? before : 0
  const usual = (last - first) / (samples.length - 1)
  let before = first - start < 1.1 * usual ? first - start : usual / 2
  const after = end - last < 1.1 * usual ? end - last : usual / 2
  if (counter && rise > 0 && low >= 0) before = Math.min(before, (low / rise) * (last - first))
  const whole = (rise / (last - first)) * (last - first + before + after)
  return perSecond ? whole / ((end - start) / 1000) : whole
}

const numbers = (samples: Point['samples']): readonly number[] => samples.map(([, value]) => value)
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const average = (values: readonly number[]): number => total(values) / values.length
const spread = (values: readonly number[]): number => average(values.map(value => (value - average(values)) ** 2))
/** As Prometheus has it: where infinities meet a weight of nought, the answer is NaN. */
const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const rank = (sorted.length - 1) / 2
  const lower = Math.floor(rank)
  const weight = rank - lower
  return sorted[lower]! * (1 - weight) + sorted[Math.min(sorted.length - 1, lower + 1)]! * weight
}

export const FOLDS: Readonly<Record<string, Fold>> = {
  rate: extrapolated(true, true),
  increase: extrapolated(true, false),
  delta: extrapolated(false, false),
  irate: samples => {
    const [[then, before], [now, value]] = [samples.at(-2) ?? [0, 0], samples.at(-1)!]
    return samples.length < 2 ? undefined : (value < before ? value : value - before) / ((now - then) / 1000)
  },
  idelta: samples => (samples.length < 2 ? undefined : samples.at(-1)![1] - samples.at(-2)![1]),
  changes: samples => pairs(samples).filter(([before, after]) => before !== after).length,
  resets: samples => pairs(samples).filter(([before, after]) => after < before).length,
  avg_over_time: samples => average(numbers(samples)),
  sum_over_time: samples => total(numbers(samples)),
  min_over_time: samples => Math.min(...numbers(samples)),
  max_over_time: samples => Math.max(...numbers(samples)),
  count_over_time: samples => samples.length,
  stddev_over_time: samples => Math.sqrt(spread(numbers(samples))),
}

export const over = (fold: string, name: string, minutes: number, offset: number): Query => ({
  text: `${fold}(${name}[${minutes}m]${offset === 0 ? '' : ` offset ${offset}m`})`,
  rows: (data, at) => distinct(data.filter(series => fits(series, name)).flatMap(series => {
    const end = at - offset * 60_000
    const start = end - minutes * 60_000
    const samples = within(series, start, end)
    const value = samples.length === 0 ? undefined : FOLDS[fold]!(samples, start, end)
    return value === undefined ? [] : [{ labels: without(series.labels, ['__name__']), value }]
  })),
})

const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: total, avg: average, min: values => Math.min(...values), max: values => Math.max(...values), count: values => values.length,
  stddev: values => Math.sqrt(spread(values)), stdvar: spread, group: () => 1,
}
export const AGGREGATE_NAMES = [...Object.keys(AGGREGATES), 'quantile'] as const

export const aggregated = (name: string, modifier: 'by' | 'without', labels: readonly string[], of: Query): Query => ({
  text: name === 'quantile' ? `quantile ${modifier} (${labels.join()}) (0.5, ${of.text})` : `${name} ${modifier} (${labels.join()}) (${of.text})`,
  rows(data, at) {
    const groups: { readonly labels: Row['labels']; readonly values: number[] }[] = []
    for (const row of of.rows(data, at)) {
      const own = modifier === 'by' ? only(row.labels, labels) : without(row.labels, [...labels, '__name__'])
      const group = groups.find(each => same(each.labels, own))
      if (group === undefined) groups.push({ labels: own, values: [row.value] })
      else group.values.push(row.value)
    }
    return groups.map(group => ({ labels: group.labels, value: (AGGREGATES[name] ?? median)(group.values) }))
  },
})

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b,
  '>': (a, b) => a > b, '<=': (a, b) => a <= b, '==': (a, b) => a === b, '!=': (a, b) => a !== b,
}
export const OPERATOR_NAMES = Object.keys(OPERATORS)

export const scaled = (operator: string, of: Query, by: number): Query => ({
  text: `(${of.text} ${operator} ${by})`,
  rows: (data, at) => distinct(of.rows(data, at).flatMap(({ labels, value }) => {
    const answer = OPERATORS[operator]!(value, by)
    if (typeof answer === 'boolean') return answer ? [{ labels, value }] : []
    return [{ labels: without(labels, ['__name__']), value: answer }]
  })),
})

export const joined = (operator: string, left: Query, right: Query, on: readonly string[] | undefined, group: boolean): Query => ({
  text: `(${left.text} ${operator} ${on === undefined ? '' : `on(${on.join()}) `}${group ? 'group_left() ' : ''}${right.text})`,
  rows(data, at) {
    const key = ({ labels }: Row): Row['labels'] => (on === undefined ? without(labels, ['__name__']) : only(labels, on))
    const [lefts, rights] = [left.rows(data, at), right.rows(data, at)]
    if (rights.some((row, place) => rights.slice(place + 1).some(other => same(key(row), key(other))))) throw new Error('many on the right')
    const answers = lefts.flatMap(row => {
      const other = rights.find(each => same(key(each), key(row)))
      if (other === undefined) return []
      const answer = OPERATORS[operator]!(row.value, other.value)
      if (answer === false) return []
      const own = answer === true ? row.labels : without(row.labels, ['__name__'])
      return [{ labels: group || on === undefined ? own : only(own, on), value: answer === true ? row.value : answer, key: key(row) }]
    })
    if (!group && answers.some((row, place) => answers.slice(place + 1).some(other => same(row.key, other.key)))) throw new Error('many on the left')
    return distinct(answers)
  },
})
