import type { Migration } from '../migrate.ts'

/** What has come of the batch of events that is under way: metrics, messages. */
export const dropMarks: Migration = {
  number: 18,
  name: 'marks of dropped batches',
  sql: "alter table drops add column claim_marks text not null default ''",
}
