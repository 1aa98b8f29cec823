import type { Tenant } from '../../../base/tenancy.ts'
import type { AnomalyDetector, DetectorRecord } from '../../../model/anomaly-detector.ts'
import type { DetectorStore } from './ports.ts'

export class InMemoryDetectors implements DetectorStore {
  readonly #records = new Map<string, DetectorRecord>()

  async list({ account, region }: Tenant): Promise<readonly DetectorRecord[]> {
    const own = [...this.#records.values()].filter(({ detector: { tenant } }) => tenant.account === account && tenant.region === region)
    return own.sort((a, b) => (a.detector.id < b.detector.id ? -1 : 1))
  }

  async put(detector: AnomalyDetector): Promise<void> {
    this.#records.set(detector.id, { detector, state: 'PENDING_TRAINING' })
  }

  async delete(tenant: Tenant, id: string): Promise<boolean> {
    return (await this.list(tenant)).some(({ detector }) => detector.id === id) && this.#records.delete(id)
  }
}
