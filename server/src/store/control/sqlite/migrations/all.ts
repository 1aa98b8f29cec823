import type { Migration } from '../migrate.ts'
import { alarms } from './0001-alarms.ts'
import { topicsAndOutbox } from './0002-topics-and-outbox.ts'
import { accessAndAudit } from './0003-access-and-audit.ts'

/** In order, and never changed once released: a correction is a further migration. */
export const MIGRATIONS: readonly Migration[] = [alarms, topicsAndOutbox, accessAndAudit]
