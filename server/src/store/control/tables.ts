import type { Generated } from 'kysely'
import type {
  LogDestinationRow, LogDeliveryEndRow, LogDeliveryRow, LogGroupRow, LogStreamRow, LogQueryRecord, QueryDefinitionRow, ScheduledQueryRow,
  ScheduledQueryRunRow, LookupTableRow, LogProtectionRow, LogDocumentRow, LogExportRow, LogAnomalyDetectorRow,
} from './log-tables.ts'
import type { BucketRow, ObjectRow, UploadRow, UploadPartRow, DropRuleRow, DropRow, ObjectFeedRow } from './object-tables.ts'
import type { Owned } from './owned.ts'

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
