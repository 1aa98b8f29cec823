import type { Clock, Timer } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { millis, seconds, type EpochMillis, type Millis, type Seconds } from '../../base/time.ts'
import { detectorId } from '../../engines/bands/detector-id.ts'
import { trainBand } from '../../engines/bands/train-band.ts'
import { ExpressionError } from '../../engines/expressions/expression-error.ts'
import type {
  AnomalyDetector, BandModel, DetectorConfiguration, DetectorRecord, DetectorSource, DetectorState, TrainedModel,
} from '../../model/anomaly-detector.ts'
import type { MetricReads } from '../../model/metric.ts'
import { BandModels } from './band-models.ts'
import { BandWishes, type BandWish } from './band-wishes.ts'
import { historyOf } from './history.ts'
import { RecentModels } from './recent-models.ts'
import type { AlarmList, DetectorBook } from './ports.ts'

const MINUTE = 60_000
const ROUND = millis(MINUTE)
/** A trained model changes little in this time; one that lacks data grows with every new period. */
const AGAIN = { TRAINED: 6 * 60 * MINUTE, TRAINED_INSUFFICIENT_DATA: 15 * MINUTE, PENDING_TRAINING: 15 * MINUTE } as const
/** What a detector learns when nobody has said at which period it is wanted. */
const USUAL_PERIOD = seconds(300)

const PLAIN: DetectorConfiguration = {
  excluded: [], timezone: undefined, adaptationSpeed: undefined, outlierFiltering: undefined, periodicSpikes: undefined,
}

interface Options {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
  readonly book: DetectorBook
  readonly alarms: AlarmList
  readonly reads: Pick<MetricReads, 'read'>
}

interface Trainee {
  readonly detector: AnomalyDetector
  due: number
  /** The periods that it was trained at, with or without success. */
  tried: ReadonlySet<Seconds>
}

/** Trains new detectors at once and all others again and again, one at a time, and keeps what they have learnt at hand. */
export class BandTraining {
  readonly models = new BandModels()
  readonly #options: Options
  readonly #trainees = new Map<string, Trainee>()
  readonly #wishes = new BandWishes()
  readonly #recent: RecentModels
  #timer: Timer | undefined
  #running: Promise<void> = Promise.resolve()
  #started = false
  /** Something is to be done that the round that runs now may not have seen. */
  #hurry = false
  #stopped = false

  constructor(options: Options) {
    this.#options = options
    this.#recent = new RecentModels(options.clock)
    options.book.onChange(({ id, record }) => this.#changed(id, record))
    options.alarms.onChange(({ arn, record }) => {
      if (this.#wishes.set(arn, record).length > 0) this.#soon()
    })
  }

  /** Resolves when what was learnt before is at hand; training begins then. */
  async start(): Promise<void> {
    const { book, alarms } = this.#options
    const [detectors, trained, records] = await Promise.all([book.all(), book.models(), alarms.all()])
    for (const { detector, state } of detectors) {
      if (!this.#trainees.has(detector.id)) this.#trainees.set(detector.id, this.#known(detector, state, trained))
    }
    for (const { detectorId: id, model } of trained) if (this.#trainees.has(id)) this.models.add(id, model)
    for (const record of records) this.#wishes.set(record.alarm.arn, record)
    this.#started = true
    this.#soon()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#running
  }

  /**
   * The model of a series for drawing: what its detector has learnt, or else what it would learn now, which is kept for minutes. Rejects
   * when the history cannot be read.
   */
  async learn(tenant: Tenant, source: DetectorSource, period: Seconds): Promise<BandModel | undefined> {
    const id = detectorId(tenant, source)
    const known = this.models.of(id, period)
    if (known !== undefined) return known
    return this.#recent.get(id, period, () => this.#train(tenant, source, this.#trainees.get(id)?.detector.configuration ?? PLAIN, period))
  }

  #changed(id: string, record: DetectorRecord | undefined): void {
    this.#recent.forget(id)
    if (record === undefined) {
      this.#trainees.delete(id)
      this.models.delete(id)
    } else {
      this.#trainees.set(id, { detector: record.detector, due: 0, tried: new Set() })
    }
    this.#soon()
  }

  /** Kept models are as old as they are, so that a restart neither trains all at once nor forgets anyone. */
  #known(detector: AnomalyDetector, state: DetectorState, trained: readonly TrainedModel[]): Trainee {
    const own = trained.filter(({ detectorId: id }) => id === detector.id)
    const due = state === 'PENDING_TRAINING' || own.length === 0 ? 0 : Math.max(...own.map(({ trainedAt }) => trainedAt)) + AGAIN[state]
    return { detector, due, tried: new Set(own.map(({ model }) => model.period)) }
  }

  #soon(): void {
    this.#hurry = true
    this.#after(millis(0))
  }

  #after(delay: Millis): void {
    if (!this.#started || this.#stopped) return
    this.#timer?.cancel()
    this.#timer = this.#options.clock.after(delay, () => {
      this.#running = this.#running.then(() => this.#round())
    })
  }

  async #round(): Promise<void> {
    this.#hurry = false
    try {
      for (const wish of this.#wishes.all()) await this.#provide(wish)
      for (;;) {
        const next = this.#nextDue()
        if (next === undefined || this.#stopped) break
        await this.#renew(next)
      }
    } catch (error) {
      // The store did not take it; the next round does it.
      this.#options.log.warn({ error: String(error) }, 'training of anomaly detectors failed')
    }
    this.#after(this.#hurry ? millis(0) : ROUND)
  }

  /** An alarm's band has a detector, whoever deleted it, and it is trained at the alarm's period. */
  async #provide({ tenant, id, source, period }: BandWish): Promise<void> {
    const trainee = this.#trainees.get(id)
    if (trainee === undefined) await this.#options.book.add({ tenant, id, source, configuration: PLAIN, configuredAt: this.#options.clock.now() })
    else if (!trainee.tried.has(period)) trainee.due = 0
  }

  #nextDue(): Trainee | undefined {
    const now = this.#options.clock.now()
    for (const trainee of this.#trainees.values()) if (trainee.due <= now) return trainee
    return undefined
  }

  async #renew(trainee: Trainee): Promise<void> {
    const { detector } = trainee
    const { tenant, id, source, configuration } = detector
    const { book, log } = this.#options
    const periods = this.#periodsOf(detector)
    trainee.due = this.#again('PENDING_TRAINING')
    trainee.tried = periods
    const found: TrainedModel[] = []
    try {
      for (const period of periods) {
        const model = await this.#train(tenant, source, configuration, period)
        if (model !== undefined) found.push({ tenant, detectorId: id, trainedAt: this.#options.clock.now(), model })
      }
    } catch (error) {
      // What it has learnt before goes on serving.
      log.warn({ detector: id, error: String(error) }, 'an anomaly detector could not be trained')
      return
    }
    const state = stateOf(found)
    if (!(await book.learnt(detector, state, found))) return
    // Deleted or configured anew while that was written: what it was is nobody's any more.
    if (this.#trainees.get(id) !== trainee) return
    this.models.set(id, found.map(({ model }) => model))
    trainee.due = this.#again(state)
  }

  /** A tenth early or late, so that detectors that were made together do not stay together. */
  #again(state: DetectorState): number {
    return this.#options.clock.now() + AGAIN[state] * (0.9 + 0.2 * this.#options.entropy.fraction())
  }

  #periodsOf({ id, source }: AnomalyDetector): ReadonlySet<Seconds> {
    const wished = this.#wishes.all().filter(wish => wish.id === id).map(({ period }) => period)
    const own = source.kind === 'metric' ? undefined : source.queries.find(({ stored }) => stored !== undefined)?.stored?.period
    return new Set([own ?? USUAL_PERIOD, ...wished])
  }

  async #train(tenant: Tenant, source: DetectorSource, configuration: DetectorConfiguration, period: Seconds): Promise<BandModel | undefined> {
    const now: EpochMillis = this.#options.clock.now()
    try {
      return trainBand(await historyOf(this.#options.reads, source, { tenant, now, period }), configuration)
    } catch (error) {
      // An expression that makes no sense (any more) has no history.
      if (error instanceof ExpressionError) return undefined
      throw error
    }
  }
}

/** Where there was nothing to learn from, training is still to come. */
const stateOf = (found: readonly TrainedModel[]): DetectorState => {
  if (found.length === 0) return 'PENDING_TRAINING'
  return found.some(({ model }) => model.state === 'TRAINED') ? 'TRAINED' : 'TRAINED_INSUFFICIENT_DATA'
}
