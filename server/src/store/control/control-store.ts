import type { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { Access } from './access.ts'
import { AlarmBook } from './alarm-book.ts'
import { AlarmCommits } from './alarm-commits.ts'
import { type AlarmChange, Alarms } from './alarms.ts'
import { AnomalyDetectors, type DetectorChange } from './anomaly-detectors.ts'
import { Audit } from './audit.ts'
import { Buckets } from './buckets.ts'
import { Dashboards } from './dashboards.ts'
import { DeliveryLog } from './delivery-log.ts'
import { DeliveryQueue } from './delivery-queue.ts'
import { Drops } from './drops.ts'
import { InsightRules } from './insight-rules.ts'
import { Listeners } from './listeners.ts'
import { LogDeliveries } from './log-deliveries.ts'
import { LogDestinations } from './log-destinations.ts'
import { LogDocuments } from './log-documents.ts'
import { LogAnomalyDetectors } from './log-anomaly-detectors.ts'
import { LogExports } from './log-exports.ts'
import { LogFields } from './log-fields.ts'
import { LogFilters } from './log-filters.ts'
import { LogGroups } from './log-groups.ts'
import { LogProtections } from './log-protections.ts'
import { LogQueries } from './log-queries.ts'
import { LogStreams } from './log-streams.ts'
import { LookupTables } from './lookup-tables.ts'
import { type MuteRuleChange, MuteRules } from './mute-rules.ts'
import { MetricStreams } from './metric-streams.ts'
import { ObjectFeed } from './object-feed.ts'
import { ObjectGarbage } from './object-garbage.ts'
import { Objects } from './objects.ts'
import { Outbox } from './outbox.ts'
import { type CompileFilter, OutboxRows } from './outbox-rows.ts'
import { prune } from './prune.ts'
import { QueryDefinitions } from './query-definitions.ts'
import { ScheduledQueries } from './scheduled-queries.ts'
import { Settings } from './settings.ts'
import { migrate } from './sqlite/migrate.ts'
import { MIGRATIONS } from './sqlite/migrations/all.ts'
import { nodeSqliteDialect } from './sqlite/node-sqlite-dialect.ts'
import { openDatabase } from './sqlite/open-database.ts'
import { freeBytesOf, RoomGuard } from './sqlite/room-guard.ts'
import { unsynced } from './sqlite/unsynced.ts'
import { Subscriptions } from './subscriptions.ts'
import type { Tables } from './tables.ts'
import { Tags } from './tags.ts'
import { Topics } from './topics.ts'
import { Uploads } from './uploads.ts'

/** Everything that people define and that must never be lost or sent twice, one class for each kind of reader. */
export interface ControlStore {
  readonly alarms: Alarms
  readonly alarmBook: AlarmBook
  readonly muteRules: MuteRules
  readonly tags: Tags
  readonly topics: Topics
  readonly subscriptions: Subscriptions
  readonly outbox: Outbox
  readonly deliveryQueue: DeliveryQueue
  readonly deliveryLog: DeliveryLog
  readonly access: Access
  readonly audit: Audit
  readonly settings: Settings
  readonly dashboards: Dashboards
  readonly metricStreams: MetricStreams
  readonly insightRules: InsightRules
  readonly anomalyDetectors: AnomalyDetectors
  readonly logGroups: LogGroups
  readonly logStreams: LogStreams
  readonly logQueries: LogQueries
  readonly queryDefinitions: QueryDefinitions
  readonly lookupTables: LookupTables
  readonly scheduledQueries: ScheduledQueries
  readonly logFields: LogFields
  readonly logProtections: LogProtections
  readonly logDocuments: LogDocuments
  readonly logExports: LogExports
  readonly logAnomalyDetectors: LogAnomalyDetectors
  readonly logMetricFilters: LogFilters<'metric'>
  readonly logSubscriptionFilters: LogFilters<'subscription'>
  readonly logDestinations: LogDestinations
  readonly logDeliveries: LogDeliveries
  readonly buckets: Buckets
  readonly objects: Objects
  readonly uploads: Uploads
  readonly objectFeed: ObjectFeed
  readonly objectGarbage: ObjectGarbage
  readonly drops: Drops
  /** Removes what has outlived its time, in short transactions; answers true when another call would find more. */
  prune(): Promise<boolean>
  close(): Promise<void>
}

export interface ControlOptions {
  readonly clock: Clock
  readonly log: Log
  readonly compileFilter: CompileFilter
}

/**
 * Opens the control store, creating the file when it is missing (its folder must be there) and bringing an older one to
 * the newest schema. Throws `StoreUnusable` when it is locked, damaged or newer.
 */
export const openControl = ({ file, ...options }: ControlOptions & { readonly file: string }): ControlStore => {
  const connection = openDatabase(file)
  try {
    return controlOver(connection, options, freeBytesOf(file))
  } catch (error) {
    connection.close()
    throw error
  }
}

/** The store over an open connection, which it closes. Writes throw `StoreFull` when the disk is (all but) full. */
export const controlOver = (connection: DatabaseSync, options: ControlOptions, freeBytes: () => number): ControlStore => {
  const { clock, log, compileFilter } = options
  const guard = new RoomGuard(connection, freeBytes)
  const steps = migrate(connection, MIGRATIONS, clock.now())
  if (steps.length > 0) log.info({ schema: steps.at(-1)?.number }, 'control store brought to the newest schema')
  const database = new Kysely<Tables>({ dialect: nodeSqliteDialect(connection, () => guard.check()) })
  const added = new Listeners<number>(log)
  const changes = new Listeners<AlarmChange>(log)
  const stored = new Listeners<number>(log)
  const outboxRows = new OutboxRows(compileFilter, added)
  const commits = new AlarmCommits(database, outboxRows)
  const settings = new Settings(database)
  return {
    alarms: new Alarms(database, commits, changes),
    alarmBook: new AlarmBook(database, commits, changes, settings),
    muteRules: new MuteRules(database, new Listeners<MuteRuleChange>(log)),
    tags: new Tags(database),
    topics: new Topics(database),
    subscriptions: new Subscriptions(database),
    outbox: new Outbox(database, outboxRows),
    deliveryQueue: new DeliveryQueue(database, unsynced(database), added),
    deliveryLog: new DeliveryLog(database, added),
    access: new Access(database),
    audit: new Audit(database, unsynced(database)),
    settings,
    dashboards: new Dashboards(database),
    metricStreams: new MetricStreams(database),
    insightRules: new InsightRules(database),
    anomalyDetectors: new AnomalyDetectors(database, new Listeners<DetectorChange>(log)),
    logGroups: new LogGroups(database),
    logStreams: new LogStreams(database),
    logQueries: new LogQueries(database, unsynced(database)),
    queryDefinitions: new QueryDefinitions(database),
    lookupTables: new LookupTables(database),
    scheduledQueries: new ScheduledQueries(database),
    logFields: new LogFields(database),
    logProtections: new LogProtections(database),
    logDocuments: new LogDocuments(database),
    logExports: new LogExports(database),
    logAnomalyDetectors: new LogAnomalyDetectors(database),
    logMetricFilters: new LogFilters(database, 'metric'),
    logSubscriptionFilters: new LogFilters(database, 'subscription'),
    logDestinations: new LogDestinations(database),
    logDeliveries: new LogDeliveries(database),
    buckets: new Buckets(database),
    objects: new Objects(database, stored),
    uploads: new Uploads(database, stored),
    objectFeed: new ObjectFeed(database, stored),
    objectGarbage: new ObjectGarbage(database),
    drops: new Drops(database),
    prune: () => prune(database, clock.now()),
    async close() {
      await database.destroy()
      connection.close()
    },
  }
}
