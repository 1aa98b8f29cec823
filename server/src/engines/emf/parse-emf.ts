import { isObject } from '../../base/is-object.ts'
import type { EpochMillis } from '../../base/time.ts'
import { epochMillis } from '../../base/time.ts'
import type { LogMetricSample } from '../../model/log-metric.ts'
import { FUTURE_MILLIS, PAST_MILLIS } from '../../model/metric-limits.ts'
import { isNamespace } from '../../model/metric-names.ts'
import type { LogLine } from '../patterns/log-line.ts'
import { dimensionsOf } from './dimension-set.ts'
import { entityOf, type EmfEntity } from './entity.ts'
import { definitionOf, sampleOf } from './metric-definition.ts'

/** What an event in the embedded metric format gives. The event itself is stored in any case. */
export interface EmfResult {
  readonly samples: readonly LogMetricSample[]
  /** The message names `_aws` but is no JSON, or its `_aws` is no metadata: counts in AWS/Logs EMFParsingErrors. */
  readonly parsingErrors: number
  /** Directives, dimension sets and metrics that break a rule and were left out, each once: AWS/Logs EMFValidationErrors. */
  readonly validationErrors: number
  /** Whose metrics they are, as the document says; what PutLogEvents says goes first. */
  readonly entity: EmfEntity | undefined
}

/** Metrics of one directive. */
const METRICS = 100
/** Dimension sets and directives have no documented limit; one event is not to become thousands of metrics. */
const SAMPLES = 10_000

/**
 * Reads the embedded metric format: `{"_aws":{"Timestamp":…,"CloudWatchMetrics":[{"Namespace":…,"Dimensions":[[…]],"Metrics":[…]}]},…}`.
 * Undefined: the message does not claim to be in it. Nearly all messages are let go without being parsed.
 */
export const parseEmf = (line: LogLine, receivedAt: EpochMillis): EmfResult | undefined => {
  if (!line.message.includes('"_aws"') || !line.message.trimStart().startsWith('{')) return undefined
  const root = line.json
  if (root === null) return failed({ parsingErrors: 1 })
  if (!isObject(root) || !Object.hasOwn(root, '_aws')) return undefined
  const metadata = root['_aws']
  if (!isObject(metadata)) return failed({ parsingErrors: 1 })
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = metadata
  if (typeof timestamp !== 'number' || !Array.isArray(directives)) return failed({ parsingErrors: 1 })
  if (!(timestamp >= receivedAt - PAST_MILLIS && timestamp <= receivedAt + FUTURE_MILLIS)) return failed({ validationErrors: 1 })
  const gathered = new Gathered(root, epochMillis(Math.trunc(timestamp)))
  for (const directive of directives as readonly unknown[]) gathered.add(directive)
  return { samples: gathered.samples, parsingErrors: 0, validationErrors: gathered.errors, entity: entityOf(root) }
}

const failed = ({ parsingErrors = 0, validationErrors = 0 }): EmfResult => ({ samples: [], parsingErrors, validationErrors, entity: undefined })

class Gathered {
  readonly samples: LogMetricSample[] = []
  errors = 0
  readonly #root: Readonly<Record<string, unknown>>
  readonly #timestamp: EpochMillis

  constructor(root: Readonly<Record<string, unknown>>, timestamp: EpochMillis) {
    this.#root = root
    this.#timestamp = timestamp
  }

  /** A directive that is none counts as one error; of any other, each dimension set and each metric that is wrong. */
  add(directive: unknown): void {
    if (!isObject(directive)) return this.#refuse()
    const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive
    if (typeof namespace !== 'string' || !isNamespace(namespace)) return this.#refuse()
    if (!Array.isArray(sets) || sets.length === 0 || !Array.isArray(metrics) || metrics.length > METRICS) return this.#refuse()
    const dimensions = this.#good(sets, set => dimensionsOf(set, this.#root))
    const definitions = this.#good(metrics, metric => definitionOf(metric, this.#root))
    for (const set of dimensions) {
      for (const definition of definitions) {
        if (this.samples.length === SAMPLES) return this.#refuse()
        this.samples.push(sampleOf(definition, { namespace, dimensions: set, timestamp: this.#timestamp }))
      }
    }
  }

  #good<Item>(list: readonly unknown[], read: (item: unknown) => Item | undefined): readonly Item[] {
    return list.flatMap(item => {
      const good = read(item)
      if (good !== undefined) return [good]
      this.errors++
      return []
    })
  }

  #refuse(): void {
    this.errors++
  }
}
