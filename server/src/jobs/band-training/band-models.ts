import type { Tenant } from '../../base/tenancy.ts'
import type { Seconds } from '../../base/time.ts'
import { detectorId } from '../../engines/bands/detector-id.ts'
import type { BandModel, DetectorSource } from '../../model/anomaly-detector.ts'

/** What all detectors have learnt, in memory: alarm rounds ask for thousands at a time. */
export class BandModels {
  readonly #byDetector = new Map<string, ReadonlyMap<Seconds, BandModel>>()

  /** What the detector of that series has learnt at that period; undefined: nothing (yet), so that there is no band. */
  get(tenant: Tenant, source: DetectorSource, period: Seconds): BandModel | undefined {
    return this.of(detectorId(tenant, source), period)
  }

  of(id: string, period: Seconds): BandModel | undefined {
    return this.#byDetector.get(id)?.get(period)
  }

  /** In place of all that the detector had learnt before. */
  set(id: string, models: readonly BandModel[]): void {
    this.#byDetector.set(id, new Map(models.map(model => [model.period, model])))
  }

  add(id: string, model: BandModel): void {
    this.#byDetector.set(id, new Map([...(this.#byDetector.get(id) ?? []), [model.period, model]]))
  }

  delete(id: string): void {
    this.#byDetector.delete(id)
  }
}
