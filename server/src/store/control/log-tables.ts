import type { Generated } from 'kysely'
import type { Owned } from './owned.ts'

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

export interface LogGroupRow extends Owned {
  readonly id: Generated<number>
  readonly name: string
  readonly class: string
  readonly retention_days: number | null
  readonly kms_key_id: string | null
  readonly deletion_protected: number
  readonly bearer_tokens: number
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
