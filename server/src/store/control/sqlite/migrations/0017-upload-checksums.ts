import type { Migration } from '../migrate.ts'

/** Whether an upload's checksum is to be the whole object's, or one over its parts'. */
export const uploadChecksumTypes: Migration = {
  number: 17,
  name: 'checksum types of uploads',
  sql: 'alter table uploads add column checksum_type text',
}
