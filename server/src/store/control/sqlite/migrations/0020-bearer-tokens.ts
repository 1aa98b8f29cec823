import type { Migration } from '../migrate.ts'

/** Whether a log group takes events from callers with bearer tokens. */
export const bearerTokens: Migration = {
  number: 20,
  name: 'bearer tokens of log groups',
  sql: 'alter table log_groups add column bearer_tokens integer not null default 0',
}
