import type { Generated } from 'kysely'

/** The tables as the queries see them. Times are epoch milliseconds, flags 0 or 1, compound values JSON text. */
export interface Tables {
  readonly alarms: AlarmRow
  readonly alarm_contributors: ContributorRow
  readonly alarm_history: HistoryRow
  readonly mute_rules: MuteRuleRow
  readonly tags: TagRow
  readonly settings: { readonly key: string; readonly value: string }
  readonly topics: TopicRow
  readonly subscriptions: SubscriptionRow
  readonly messages: MessageRow
  readonly deliveries: DeliveryRow
  readonly delivery_attempts: AttemptRow
  readonly users: UserRow
  readonly user_policies: { readonly account: string; readonly user_name: string; readonly name: string; readonly document: string }
  readonly access_keys: AccessKeyRow
  readonly audit: AuditRow
  readonly dashboards: DashboardRow
  readonly metric_streams: MetricStreamRow
  readonly insight_rules: InsightRuleRow
  readonly anomaly_detectors: DetectorRow
  readonly anomaly_models: BandModelRow
  readonly log_groups: LogGroupRow
  readonly log_streams: LogStreamRow
  readonly log_fields: { readonly group_id: number; readonly name: string; readonly slot: string | null }
  readonly log_removals: { readonly group_id: number; readonly stream: string; readonly up_to: string }
  readonly log_filters: { readonly group_id: number; readonly kind: string; readonly name: string; readonly definition: string }
  readonly log_destinations: LogDestinationRow
  readonly log_delivery_sources: LogDeliveryEndRow
  readonly log_delivery_destinations: LogDeliveryEndRow
  readonly log_deliveries: LogDeliveryRow
  readonly log_queries: LogQueryRecord
  readonly query_definitions: QueryDefinitionRow
  readonly scheduled_queries: ScheduledQueryRow
  readonly scheduled_query_runs: ScheduledQueryRunRow
  readonly lookup_tables: LookupTableRow
  readonly log_protections: LogProtectionRow
  readonly log_documents: LogDocumentRow
  readonly log_exports: LogExportRow
  readonly log_anomaly_detectors: LogAnomalyDetectorRow
  readonly log_anomalies: { readonly id: string; readonly detector_id: string; readonly anomaly: string }
  readonly buckets: BucketRow
  readonly objects: ObjectRow
  readonly uploads: UploadRow
  readonly upload_parts: UploadPartRow
  readonly object_feed: ObjectFeedRow
  readonly object_feed_followers: { readonly name: string; readonly position: number }
  readonly object_garbage: { readonly blob: string; readonly feed_id: number }
  readonly drop_rules: DropRuleRow
  readonly drops: DropRow
}

interface Owned {
  readonly account: string
  readonly region: string
}

export interface LogDestinationRow extends Owned {
  readonly name: string
  readonly created_at: number
  readonly definition: string
}

export interface LogDeliveryEndRow extends Owned {
  readonly seq: Generated<number>
  readonly name: string
  readonly created_at: number
  readonly definition: string
}

export interface LogDeliveryRow extends Owned {
  readonly seq: Generated<number>
  readonly id: string
  readonly source: string
  readonly destination: string
  readonly created_at: number
  readonly definition: string
}

export interface AlarmRow extends Owned {
  readonly arn: string
  readonly name: string
  readonly definition: string
  readonly state_value: string
  readonly state_reason: string
  readonly state_reason_data: string | null
  readonly state_updated_at: number
  readonly state_transitioned_at: number
  /** What few states have, as JSON; null where there is nothing of it. */
  readonly state_more: string | null
}

export interface ContributorRow extends Owned {
  readonly alarm_arn: string
  readonly id: string
  readonly attributes: string
  readonly value: string
  readonly reason: string
  readonly transitioned_at: number
  readonly turning_since: number | null
}

export interface HistoryRow extends Owned {
  readonly seq: Generated<number>
  readonly alarm_name: string
  readonly alarm_type: string
  readonly at: number
  readonly type: string
  readonly summary: string
  readonly data: string
  readonly contributor_id: string | null
  readonly contributor_attributes: string | null
}

export interface MuteRuleRow extends Owned {
  readonly arn: string
  readonly name: string
  readonly definition: string
}

export interface TagRow extends Owned {
  readonly arn: string
  readonly key: string
  readonly value: string
}

export interface TopicRow extends Owned {
  readonly arn: string
  readonly name: string
  readonly attributes: string
  readonly created_at: number
}

export interface SubscriptionRow extends Owned {
  readonly seq: Generated<number>
  readonly arn: string
  readonly topic_arn: string
  readonly protocol: string
  readonly endpoint: string
  readonly owner: string
  readonly status: string
  readonly token: string
  readonly token_expires_at: number
  readonly confirmation_was_authenticated: number
  readonly authenticate_on_unsubscribe: number
  readonly attributes: string
  readonly created_at: number
}

export interface MessageRow extends Owned {
  readonly seq: Generated<number>
  readonly topic_arn: string
  readonly message_id: string
  readonly subject: string | null
  readonly message: string
  readonly structure: string | null
  readonly attributes: string
  readonly published_at: number
  readonly alarm: string | null
  readonly group_id: string | null
}

export interface DeliveryRow extends Owned {
  readonly seq: Generated<number>
  readonly message_seq: number
  readonly type: string
  readonly topic_arn: string
  readonly alarm_arn: string | null
  /** The subscription as it was when the message was accepted: it may be gone when its goodbye is sent. */
  readonly target: string
  readonly token: string | null
  readonly destination: string
  readonly order_key: string
  readonly state: string
  readonly due_at: number
  readonly leased_until: Generated<number>
  readonly attempts: Generated<number>
  readonly created_at: number
  readonly finished_at: number | null
}

export interface AttemptRow {
  readonly delivery_seq: number
  readonly number: number
  readonly at: number
  readonly duration_millis: number
  readonly kind: string
  readonly retryable: number | null
  readonly status: number | null
  readonly detail: string
  readonly retry_at: number | null
}

export interface UserRow {
  readonly account: string
  readonly name: string
  readonly id: string
  readonly path: string
  readonly created_at: number
}

export interface AccessKeyRow {
  readonly seq: Generated<number>
  readonly id: string
  readonly account: string
  readonly secret: string
  readonly status: string
  readonly user_name: string | null
  readonly created_at: number
  readonly session_token: string | null
  readonly expires_at: number | null
  readonly session_name: string | null
  readonly issuer_key_id: string | null
  readonly session_policy: string | null
}

export interface AuditRow extends Owned {
  readonly seq: Generated<number>
  readonly at: number
  readonly request_id: string
  readonly service: string
  readonly operation: string
  readonly principal: string
  readonly access_key_id: string | null
  readonly source_address: string | null
  readonly user_agent: string | null
  readonly error_code: string | null
  readonly resources: string
  readonly parameters: string
}

export interface DashboardRow {
  readonly account: string
  readonly name: string
  readonly body: string
  readonly modified_at: number
}

export interface MetricStreamRow extends Owned {
  readonly name: string
  readonly state: string
  readonly definition: string
  readonly created_at: number
  readonly updated_at: number
  readonly sent_up_to: number
}

export interface InsightRuleRow extends Owned {
  readonly name: string
  readonly state: string
  readonly schema: string
  readonly definition: string
  readonly on_transformed_logs: number
  readonly template: string | null
  readonly resource_arn: string | null
}

export interface DetectorRow extends Owned {
  readonly id: string
  readonly definition: string
  readonly state: string
  readonly configured_at: number
}

export interface BandModelRow extends Owned {
  readonly detector_id: string
  readonly period: number
  readonly trained_at: number
  readonly model: string
}

export interface LogGroupRow extends Owned {
  readonly id: Generated<number>
  readonly name: string
  readonly class: string
  readonly retention_days: number | null
  readonly kms_key_id: string | null
  readonly deletion_protected: number
  readonly created_at: number
}

export interface LogStreamRow {
  readonly group_id: number
  readonly name: string
  readonly created_at: number
  readonly first_event: number | null
  readonly last_event: number | null
  readonly last_ingestion: number | null
}

export interface LogQueryRecord extends Owned {
  readonly id: string
  readonly status: string
  readonly created_at: number
  readonly finished_at: number | null
  readonly definition: string
  readonly statistics: string
  readonly rows: number
  readonly reason: string | null
}

export interface QueryDefinitionRow extends Owned {
  readonly id: string
  readonly name: string
  readonly modified_at: number
  readonly definition: string
}

export interface ScheduledQueryRow extends Owned {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly created_at: number
  readonly updated_at: number
  readonly definition: string
  readonly triggered_at: number | null
  readonly last_status: string | null
}

export interface ScheduledQueryRunRow {
  readonly seq: Generated<number>
  readonly schedule_id: string
  readonly at: number
  readonly query_id: string | null
  readonly status: string
  readonly reason: string | null
  readonly destinations: string
}

export interface LookupTableRow extends Owned {
  readonly name: string
  readonly updated_at: number
  readonly definition: string
  readonly body: string
}

export interface LogProtectionRow extends Owned {
  readonly seq: Generated<number>
  readonly group_id: number | null
  readonly name: string
  readonly document: string
  readonly since: number
  readonly until: number | null
}

export interface LogDocumentRow extends Owned {
  readonly kind: string
  readonly name: string
  readonly group_id: number | null
  readonly document: string
  readonly created_at: number
  readonly updated_at: number
}

export interface LogExportRow extends Owned {
  readonly id: string
  readonly status: string
  readonly message: string | null
  readonly definition: string
  readonly created_at: number
  readonly finished_at: number | null
}

export interface LogAnomalyDetectorRow extends Owned {
  readonly id: string
  readonly definition: string
  readonly status: string
  readonly created_at: number
  readonly modified_at: number
  readonly evaluated_up_to: number
  readonly model: string
}

export interface BucketRow extends Owned {
  readonly id: Generated<number>
  readonly name: string
  readonly created_at: number
  readonly documents: string
  readonly expiry: string
}

export interface ObjectRow {
  readonly bucket_id: number
  readonly key: string
  readonly version: string
  readonly size: number
  readonly etag: string
  readonly modified_at: number
  readonly feed_id: number
  readonly attributes: string
  readonly parts: string
}

export interface UploadRow {
  readonly id: string
  readonly bucket_id: number
  readonly key: string
  readonly started_at: number
  readonly attributes: string
  readonly checksum_algorithm: string | null
  readonly checksum_type: string | null
}

export interface UploadPartRow {
  readonly upload_id: string
  readonly number: number
  readonly blob: string | null
  readonly size: number
  readonly etag: string
  readonly modified_at: number
  readonly checksum: string | null
}

export interface DropRuleRow extends Owned {
  readonly bucket: string
  readonly prefix: string
  readonly log_group: string | null
}

export interface DropRow extends Owned {
  readonly id: Generated<number>
  readonly source: string
  readonly key: string
  readonly version: string
  readonly size: number
  readonly modified_at: number
  readonly log_group: string
  readonly stream: string
  readonly state: 'taking' | 'taken' | 'quarantined'
  readonly events: number
  /** A 64-bit number in decimal digits. */
  readonly claim_seq: string | null
  readonly claim_count: number | null
  readonly reason: string | null
  readonly detail: string | null
  readonly at: number
}

export interface ObjectFeedRow extends Owned {
  readonly id: Generated<number>
  readonly bucket: string
  readonly key: string
  readonly version: string
  readonly size: number
  readonly etag: string
  readonly at: number
  readonly content_type: string | null
  readonly content_encoding: string | null
  readonly parts: string
}
