import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import { InTurn } from '../../base/in-turn.ts'
import type { Log } from '../../base/log.ts'
import { epochMillis, millis } from '../../base/time.ts'
import type { LogAnomaly } from '../../engines/log-patterns/anomaly.ts'
import { TRAINING } from '../../engines/log-patterns/detector-model.ts'
import { NORMALISATIONS } from '../../engines/log-patterns/normalise.ts'
import { settled } from '../../engines/log-patterns/suppression.ts'
import type { LogAnomalyDetector } from '../../model/log-anomaly-detector.ts'
import type { LogGroup } from '../../model/log.ts'
import type { LogMetricSink } from '../log-arrivals/ports.ts'
import { Rounds, untilNext } from '../rounds.ts'
import { filteredWindows } from './filtered-windows.ts'
import { periodOf } from './frequency.ts'
import { type Learnt, learnWindow, readLearnt } from './learnt.ts'
import type { DetectorBook, EventReads, WindowReads, WindowRow } from './ports.ts'

interface Parts {
  readonly book: DetectorBook
  readonly groups: { byId(id: number): LogGroup | undefined }
  readonly windows: WindowReads
  readonly events: EventReads
  readonly metrics: LogMetricSink
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

type DetectorStatus = 'INITIALIZING' | 'TRAINING' | 'ANALYZING' | 'PAUSED' | 'FAILED'

const INTERVAL = millis(60_000)
/** A window is looked at so long after its end: events are on their way. */
const GRACE = 10_000
const DAY = 86_400_000
/** A new detector learns from so much of the past: as AWS's does, but not from more windows than tell something. */
const PAST = 14 * DAY
const PAST_WINDOWS = 288
/** Windows that are read together. */
const TOGETHER = 48
/** Anomalies of the past, which nobody was told of in time, are no datapoints any more. */
const FRESH_WINDOWS = 2

/** Evaluates detectors of anomalies in logs, each at its frequency, and keeps what people say of anomalies out of its way. */
export class LogAnomalyRounds {
  readonly #parts: Parts
  readonly #turns = new InTurn()
  readonly #failing = new Set<string>()
  readonly #rounds: Rounds

  constructor(parts: Parts) {
    this.#parts = parts
    this.#rounds = new Rounds({ clock: parts.clock, round: () => this.run(), pause: untilNext(parts.clock, INTERVAL, GRACE) })
  }

  start(): void {
    this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Evaluates all windows that are due. */
  async run(): Promise<void> {
    const { book, log } = this.#parts
    try {
      for (const detector of await book.all()) if (detector.enabled && !this.#rounds.stopped) await this.#evaluate(detector)
    } catch (error) {
      log.error({ error: String(error) }, 'detectors of anomalies in logs could not be read')
    }
  }

  async status({ id, enabled }: LogAnomalyDetector): Promise<DetectorStatus> {
    const { evaluatedUpTo = 0, model = '' } = (await this.#parts.book.progress(id)) ?? {}
    if (!enabled) return 'PAUSED'
    if (this.#failing.has(id)) return 'FAILED'
    if (evaluatedUpTo === 0) return 'INITIALIZING'
    return readLearnt(model).model.windows < TRAINING ? 'TRAINING' : 'ANALYZING'
  }

  /** As they are now. */
  async anomalies(detector: LogAnomalyDetector): Promise<readonly LogAnomaly[]> {
    const now = this.#parts.clock.now()
    return (await this.#kept(detector)).map(anomaly => settled(anomaly, now, detector.visibilityDays * DAY))
  }

  /** Changes those that `change` answers something for; false when there are none. */
  change(detector: LogAnomalyDetector, change: (anomaly: LogAnomaly) => LogAnomaly | undefined): Promise<boolean> {
    return this.#turns.run(detector.id, async () => {
      const changed = (await this.anomalies(detector)).flatMap(anomaly => change(anomaly) ?? [])
      await this.#parts.book.keep(detector.id, undefined, changed.map(keptOf))
      return changed.length > 0
    })
  }

  async #kept({ id }: LogAnomalyDetector): Promise<readonly LogAnomaly[]> {
    return (await this.#parts.book.anomalies(id)).map(({ anomaly }) => JSON.parse(anomaly) as LogAnomaly)
  }

  async #evaluate(detector: LogAnomalyDetector): Promise<void> {
    try {
      while (!this.#rounds.stopped && (await this.#turns.run(detector.id, () => this.#some(detector)))) continue
      this.#failing.delete(detector.id)
    } catch (error) {
      if (!this.#failing.has(detector.id)) this.#parts.log.error({ detector: detector.arn, error: String(error) }, 'anomalies of a log group could not be looked for')
      this.#failing.add(detector.id)
    }
  }

  /** A few windows; answers true when there may be more. */
  async #some(detector: LogAnomalyDetector): Promise<boolean> {
    const { book, groups, clock } = this.#parts
    const group = groups.byId(detector.group.id)
    const progress = await book.progress(detector.id)
    if (group === undefined || progress === undefined) return false
    const period = periodOf(detector.frequency)
    const due = Math.floor((clock.now() - GRACE) / period) * period
    const from = progress.evaluatedUpTo === 0 ? due - Math.min(Math.floor(PAST / period), PAST_WINDOWS) * period : Math.ceil(progress.evaluatedUpTo / period) * period
    // After a long stop the past is past.
    const begin = Math.max(from, due - PAST_WINDOWS * period)
    const to = Math.min(due, begin + TOGETHER * period)
    if (to <= begin) return false
    const rows = await this.#windows(detector, group, begin, to, period)
    let learnt: Learnt = readLearnt(progress.model)
    let anomalies = await this.#kept(detector)
    for (let end = begin + period; end <= to; end += period) {
      // Where there is nothing yet, nothing can be learnt: all that came then would be new.
      if (learnt.model.windows === 0 && !rows.has(end - period)) continue
      const isTraining = learnt.model.windows < TRAINING
      const after = learnWindow(learnt, anomalies, rows.get(end - period) ?? [], end, detector, () => this.#parts.entropy.uuid())
      learnt = after.learnt
      anomalies = after.anomalies
      if (!isTraining && end > due - FRESH_WINDOWS * period) await this.#count(detector, anomalies, end)
    }
    await book.keep(detector.id, { evaluatedUpTo: to, model: JSON.stringify(learnt) }, anomalies.map(keptOf))
    return to < due
  }

  #windows(detector: LogAnomalyDetector, group: LogGroup, from: number, to: number, period: number): Promise<ReadonlyMap<number, readonly WindowRow[]>> {
    const { windows, events } = this.#parts
    const { filterPattern = '' } = detector
    return filterPattern.trim() === '' ? windows.windows(group, from, to, period, NORMALISATIONS) : filteredWindows(events, group, from, to, period, filterPattern)
  }

  /** One datapoint a window and priority, so that alarms have something to look at while all is well. */
  async #count({ tenant, name, id }: LogAnomalyDetector, anomalies: readonly LogAnomaly[], end: number): Promise<void> {
    const samples = (['HIGH', 'MEDIUM', 'LOW'] as const).map(priority => {
      const count = anomalies.filter(anomaly => anomaly.active && !anomaly.suppressed && anomaly.priority === priority).length
      const dimensions = [{ name: 'LogAnomalyDetector', value: name ?? id }, { name: 'LogAnomalyPriority', value: priority }]
      const metric = { namespace: 'AWS/Logs', name: 'AnomalyCount', dimensions }
      return { metric, unit: 'Count', timestamp: epochMillis(end), resolution: 60, counts: new Map([[count, 1]]) } as const
    })
    await this.#parts.metrics.put(tenant, samples, epochMillis(Math.max(end, this.#parts.clock.now())))
  }
}

const keptOf = (anomaly: LogAnomaly) => ({ id: anomaly.anomalyId, anomaly: JSON.stringify(anomaly) })
