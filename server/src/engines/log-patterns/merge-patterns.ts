import { type Pattern, patternIdOf, patternRegex, patternText, tokensOf } from './pattern.ts'
import { type Severity, severityOf } from './severity.ts'
import { type Part, partsOf, shapeOf } from './template.ts'

/** Events whose messages come to the same text. */
export interface NormalisedRow {
  readonly text: string
  readonly count: number
  /** One of the messages. */
  readonly sample: string
}

/** So much of the words of two texts, keys left out, has to be the same for them to be one pattern. */
const SIMILARITY = 0.65
/** Patterns of one shape that a text is compared with; a text that is like none of them stays by itself. */
const COMPARED = 100
/** Values of a token, and messages of a pattern, that are kept. */
const VALUES = 20
const SAMPLES = 5

/** A pattern and the rows that it was made of. */
interface MergedPattern<Row extends NormalisedRow = NormalisedRow> extends Pattern {
  readonly rows: readonly Row[]
}

interface Cluster<Row> {
  readonly parts: Part[]
  /** By part: the words that became a dynamic token. */
  readonly values: (Map<string, number> | undefined)[]
  readonly severity: Severity
  readonly rows: Row[]
  count: number
}

/**
 * Normalised texts to patterns, the most frequent first. Texts that only differ in some words are one pattern, and the words a token (after
 * Drain: He et al., "Drain: An Online Log Parsing Approach with Fixed Depth Tree", 2017); texts of different severity never are. The result does
 * not depend on the order of the rows.
 */
export const mergePatterns = <Row extends NormalisedRow>(rows: readonly Row[]): readonly MergedPattern<Row>[] => {
  const shapes = new Map<string, Cluster<Row>[]>()
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  for (const row of rows.toSorted((a, b) => b.count - a.count || compare(a.text, b.text) || compare(a.sample, b.sample))) {
    const { text, count } = row
    const parts = partsOf(text)
    const severity = severityOf(text)
    const shape = `${severity} ${shapeOf(parts)}`
    const clusters = shapes.get(shape) ?? []
    const like = clusters.find(cluster => similarity(cluster.parts, parts) >= SIMILARITY)
    if (like !== undefined) absorb(like, parts, row)
    else if (clusters.length < COMPARED) shapes.set(shape, [...clusters, { parts: [...parts], values: [], severity, rows: [row], count }])
    else shapes.set(`${shape} ${text}`, [{ parts: [...parts], values: [], severity, rows: [row], count }])
  }
  const patterns = unified([...shapes.values()].flat().map(cluster => patternOf(cluster, total)))
  return patterns.toSorted((a, b) => b.sampleCount - a.sampleCount || compare(a.pattern, b.pattern))
}

/** Texts that were put apart may end as the same pattern. */
const unified = <Row extends NormalisedRow>(patterns: readonly MergedPattern<Row>[]): readonly MergedPattern<Row>[] => {
  const byId = new Map<string, MergedPattern<Row>>()
  for (const pattern of patterns) {
    const other = byId.get(pattern.patternId)
    byId.set(
      pattern.patternId,
      other === undefined
        ? pattern
        : { ...other, sampleCount: other.sampleCount + pattern.sampleCount, ratio: other.ratio + pattern.ratio, rows: [...other.rows, ...pattern.rows] },
    )
  }
  return [...byId.values()]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Both have the same shape. Dynamic tokens of the same kind say nothing about likeness; of another kind they count as different. */
const similarity = (a: readonly Part[], b: readonly Part[]): number => {
  let words = 0
  let same = 0
  for (const [index, one] of a.entries()) {
    const other = b[index]
    if (other === undefined || one.type === 'between' || (one.type === 'word' && one.isKey)) continue
    if (one.type === 'dynamic' && other.type === 'dynamic') continue
    words++
    if (one.type === 'word' && other.type === 'word' && one.text === other.text) same++
  }
  return words === 0 ? 1 : same / words
}

const absorb = <Row extends NormalisedRow>(cluster: Cluster<Row>, parts: readonly Part[], row: Row): void => {
  const { count } = row
  for (const [index, one] of cluster.parts.entries()) {
    const other = parts[index]
    if (other === undefined) continue
    const values = cluster.values[index]
    if (values !== undefined && other.type === 'word') note(values, other.text, count)
    if (one.type === 'word' && (other.type !== 'word' || other.text !== one.text)) {
      cluster.parts[index] = { type: 'dynamic', kind: 'Token' }
      const seen = new Map([[one.text, cluster.count]])
      if (other.type === 'word') note(seen, other.text, count)
      cluster.values[index] = seen
    } else if (one.type === 'dynamic' && (other.type !== 'dynamic' || other.kind !== one.kind)) cluster.parts[index] = { type: 'dynamic', kind: 'Token' }
  }
  cluster.count += count
  cluster.rows.push(row)
}

const note = (values: Map<string, number>, value: string, count: number): void => {
  if (values.size < VALUES || values.has(value)) values.set(value, (values.get(value) ?? 0) + count)
}

const patternOf = <Row extends NormalisedRow>({ parts, values, severity, rows, count }: Cluster<Row>, total: number): MergedPattern<Row> => {
  const tokens = tokensOf(parts, values)
  const pattern = patternText(tokens)
  return {
    patternId: patternIdOf(pattern),
    pattern,
    sampleCount: count,
    ratio: total === 0 ? 0 : count / total,
    severityLabel: severity,
    regex: patternRegex(tokens),
    tokens,
    samples: rows.slice(0, SAMPLES).map(({ sample }) => sample),
    rows,
  }
}
