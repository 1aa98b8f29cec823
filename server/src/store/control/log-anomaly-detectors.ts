import { logAnomalyDetectorArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { DetectorProgress, KeptAnomaly, LogAnomalyDetector } from '../../model/log-anomaly-detector.ts'
import { type ControlDatabase, owner, stored, tenantOf } from './control-database.ts'
import type { LogAnomalyDetectorRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

type Definition = Pick<LogAnomalyDetector, 'name' | 'group' | 'frequency' | 'filterPattern' | 'kmsKeyId' | 'visibilityDays'>

/** Detectors of anomalies in logs, what they have learnt, and what they found. */
export class LogAnomalyDetectors {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  /** Of all accounts. */
  async all(): Promise<readonly LogAnomalyDetector[]> {
    const rows = await this.#database.selectFrom('log_anomaly_detectors').selectAll().orderBy('id').execute()
    return rows.map(detectorOf)
  }

  async list(tenant: Tenant): Promise<readonly LogAnomalyDetector[]> {
    const rows = await this.#database
      .selectFrom('log_anomaly_detectors')
      .selectAll()
      .where(eb => eb.and(owner(tenant)))
      .orderBy('id')
      .execute()
    return rows.map(detectorOf)
  }

  async create(detector: LogAnomalyDetector, tags: Readonly<Record<string, string>>): Promise<void> {
    const { tenant, id, arn, createdAt } = detector
    await this.#database.transaction().execute(async scope => {
      await scope
        .insertInto('log_anomaly_detectors')
        .values({ ...owner(tenant), id, ...changing(detector), created_at: createdAt, evaluated_up_to: 0, model: '' })
        .execute()
      await writeTags(scope, tenant, arn, tags)
    })
  }

  async update(detector: LogAnomalyDetector): Promise<void> {
    await this.#database.updateTable('log_anomaly_detectors').set(changing(detector)).where('id', '=', detector.id).execute()
  }

  /** With what it found. */
  async delete({ tenant, id, arn }: LogAnomalyDetector): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('log_anomaly_detectors').where('id', '=', id).execute()
      await deleteTags(scope, tenant, [arn])
    })
  }

  /** Undefined when it is gone. */
  async progress(id: string): Promise<DetectorProgress | undefined> {
    const row = await this.#database.selectFrom('log_anomaly_detectors').select(['evaluated_up_to', 'model']).where('id', '=', id).executeTakeFirst()
    return row && { evaluatedUpTo: row.evaluated_up_to, model: row.model }
  }

  async anomalies(id: string): Promise<readonly KeptAnomaly[]> {
    return this.#database.selectFrom('log_anomalies').select(['id', 'anomaly']).where('detector_id', '=', id).orderBy('id').execute()
  }

  /** All of it or nothing; nothing of a detector that is gone. */
  async keep(id: string, progress: DetectorProgress | undefined, anomalies: readonly KeptAnomaly[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      const there = await scope.selectFrom('log_anomaly_detectors').select('id').where('id', '=', id).executeTakeFirst()
      if (there === undefined) return
      if (progress !== undefined) {
        await scope.updateTable('log_anomaly_detectors').set({ evaluated_up_to: progress.evaluatedUpTo, model: progress.model }).where('id', '=', id).execute()
      }
      for (const { id: anomalyId, anomaly } of anomalies) {
        await scope
          .insertInto('log_anomalies')
          .values({ id: anomalyId, detector_id: id, anomaly })
          .onConflict(conflict => conflict.column('id').doUpdateSet({ anomaly }))
          .execute()
      }
    })
  }
}

const changing = (detector: LogAnomalyDetector) => {
  const { name, group, frequency, filterPattern, kmsKeyId, visibilityDays, enabled, modifiedAt } = detector
  const definition: Definition = { name, group, frequency, filterPattern, kmsKeyId, visibilityDays }
  return { definition: JSON.stringify(definition), status: enabled ? 'ENABLED' : 'PAUSED', modified_at: modifiedAt }
}

const detectorOf = (row: LogAnomalyDetectorRow): LogAnomalyDetector => {
  const tenant = tenantOf(row)
  return {
    ...stored<Definition>(row.definition),
    tenant,
    id: row.id,
    arn: logAnomalyDetectorArn(tenant, row.id),
    enabled: row.status === 'ENABLED',
    createdAt: epochMillis(row.created_at),
    modifiedAt: epochMillis(row.modified_at),
  }
}
