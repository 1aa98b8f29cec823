import type { Migration } from '../migrate.ts'
import { alarms } from './0001-alarms.ts'
import { topicsAndOutbox } from './0002-topics-and-outbox.ts'
import { accessAndAudit } from './0003-access-and-audit.ts'
import { alarmKinds } from './0004-alarm-kinds.ts'
import { muteRules } from './0005-mute-rules.ts'
import { anomalyDetectors } from './0006-anomaly-detectors.ts'
import { dashboards } from './0007-dashboards.ts'
import { streamsAndInsightRules } from './0008-streams-and-insight-rules.ts'
import { logs } from './0009-logs.ts'
import { logFilters } from './0010-log-filters.ts'
import { logQueries } from './0011-log-queries.ts'
import { bucketsAndObjects } from './0012-buckets-and-objects.ts'
import { logDefinitions } from './0013-log-definitions.ts'
import { drops } from './0014-drops.ts'
import { logDeliveries } from './0015-log-deliveries.ts'
import { uploadChecksumTypes } from './0017-upload-checksums.ts'
import { dropMarks } from './0018-drop-marks.ts'
import { bearerTokens } from './0020-bearer-tokens.ts'

/** In order, and never changed once released: a correction is a further migration. */
export const MIGRATIONS: readonly Migration[] = [
  alarms,
  topicsAndOutbox,
  accessAndAudit,
  alarmKinds,
  muteRules,
  anomalyDetectors,
  dashboards,
  streamsAndInsightRules,
  logs,
  logFilters,
  logQueries,
  bucketsAndObjects,
  logDefinitions,
  drops,
  logDeliveries,
  uploadChecksumTypes,
  dropMarks,
  bearerTokens,
]
