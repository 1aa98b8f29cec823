import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { AnomalyDetector, BandModel, DetectorRecord, DetectorState, TrainedModel } from '../../model/anomaly-detector.ts'
import { type ControlDatabase, inChunks, owner, stored, tenantOf } from './control-database.ts'
import type { Listeners } from './listeners.ts'
import type { DetectorRow } from './tables.ts'

/** A detector that was made, configured anew or deleted; undefined: it is gone. */
export interface DetectorChange {
  readonly tenant: Tenant
  readonly id: string
  readonly record: DetectorRecord | undefined
}

/** Anomaly detectors, per tenant by id for the operations, and all at once with what they have learnt for the training. */
export class AnomalyDetectors {
  readonly #database: ControlDatabase
  readonly #changes: Listeners<DetectorChange>

  constructor(database: ControlDatabase, changes: Listeners<DetectorChange>) {
    this.#database = database
    this.#changes = changes
  }

  async get(tenant: Tenant, id: string): Promise<DetectorRecord | undefined> {
    const row = await this.#ofTenant(tenant).where('id', '=', id).executeTakeFirst()
    return row && recordOf(row)
  }

  /** By id. */
  async list(tenant: Tenant): Promise<readonly DetectorRecord[]> {
    return (await this.#ofTenant(tenant).orderBy('id').execute()).map(recordOf)
  }

  async all(): Promise<readonly DetectorRecord[]> {
    return (await this.#database.selectFrom('anomaly_detectors').selectAll().orderBy('id').execute()).map(recordOf)
  }

  async models(): Promise<readonly TrainedModel[]> {
    const rows = await this.#database.selectFrom('anomaly_models').selectAll().orderBy('account').orderBy('region').orderBy('detector_id').orderBy('period').execute()
    return rows
      .map(row => ({
        tenant: tenantOf(row),
        detectorId: row.detector_id,
        trainedAt: epochMillis(row.trained_at),
        model: stored<Omit<BandModel, 'version'> & { readonly version: number }>(row.model),
      }))
      // What an older or newer server has learnt in another way is learnt anew.
      .filter((trained): trained is TrainedModel => trained.model.version === 1)
  }

  /** Creates it, or configures it anew: it is then to be trained again, and serves what it has learnt until it is. */
  async put(detector: AnomalyDetector): Promise<void> {
    const row = rowOf(detector)
    await this.#database
      .insertInto('anomaly_detectors')
      .values(row)
      .onConflict(conflict => conflict.columns(['account', 'region', 'id']).doUpdateSet({
        definition: row.definition, state: row.state, configured_at: row.configured_at,
      }))
      .execute()
    this.#tell(detector)
  }

  /** Creates it where it is not there; answers whether it was not. */
  async add(detector: AnomalyDetector): Promise<boolean> {
    const { numInsertedOrUpdatedRows = 0n } = await this.#database
      .insertInto('anomaly_detectors')
      .values(rowOf(detector))
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) return false
    this.#tell(detector)
    return true
  }

  /** With what it has learnt; answers whether it was there. */
  async delete(tenant: Tenant, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database
      .deleteFrom('anomaly_detectors')
      .where(eb => eb.and(owner(tenant)))
      .where('id', '=', id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return false
    this.#changes.tell({ tenant, id, record: undefined })
    return true
  }

  /** What a training has found, models by period in place of all before; nothing where the detector was deleted or configured anew meanwhile. */
  async learnt({ tenant, id, configuredAt }: AnomalyDetector, state: DetectorState, models: readonly TrainedModel[]): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const { numUpdatedRows } = await scope
        .updateTable('anomaly_detectors')
        .set({ state })
        .where(eb => eb.and(owner(tenant)))
        .where('id', '=', id)
        .where('configured_at', '=', configuredAt)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      await scope.deleteFrom('anomaly_models').where(eb => eb.and(owner(tenant))).where('detector_id', '=', id).execute()
      const rows = models.map(({ trainedAt, model }) =>
        ({ ...owner(tenant), detector_id: id, period: model.period, trained_at: trainedAt, model: JSON.stringify(model) }))
      for (const chunk of inChunks(rows)) await scope.insertInto('anomaly_models').values(chunk).execute()
      return true
    })
  }

  onChange(listener: (change: DetectorChange) => void): void {
    this.#changes.add(listener)
  }

  #tell(detector: AnomalyDetector): void {
    this.#changes.tell({ tenant: detector.tenant, id: detector.id, record: { detector, state: 'PENDING_TRAINING' } })
  }

  #ofTenant(tenant: Tenant) {
    return this.#database.selectFrom('anomaly_detectors').selectAll().where(eb => eb.and(owner(tenant)))
  }
}

const rowOf = ({ tenant, id, configuredAt, ...definition }: AnomalyDetector): DetectorRow => ({
  ...owner(tenant),
  id,
  definition: JSON.stringify(definition),
  state: 'PENDING_TRAINING' satisfies DetectorState,
  configured_at: configuredAt,
})

/** Members that were never given are absent from the stored definition, and read as undefined. */
const recordOf = (row: DetectorRow): DetectorRecord => ({
  detector: {
    ...stored<Pick<AnomalyDetector, 'source' | 'configuration'>>(row.definition),
    tenant: tenantOf(row),
    id: row.id,
    configuredAt: epochMillis(row.configured_at),
  },
  state: row.state as DetectorState,
})
