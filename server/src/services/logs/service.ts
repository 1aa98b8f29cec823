import * as schemas from '@aws-sdk/client-cloudwatch-logs'
import type { Service } from '../operation.ts'
import { createLogGroup } from './create-log-group.ts'
import { createLogStream } from './create-log-stream.ts'
import { describeLogGroups } from './describe-log-groups.ts'
import { describeLogStreams } from './describe-log-streams.ts'
import { getLogEvents } from './get-log-events.ts'
import type { LogEventReads, LogGroupFigures, LogGroupStore, LogSink } from './ports.ts'
import { putLogColumns, putLogEvents } from './put-log-events.ts'

/** What the roof plugs in. */
export interface LogsPorts {
  readonly groups: LogGroupStore
  readonly sink: LogSink
  readonly reads: LogEventReads
  readonly figures: LogGroupFigures
}

export const logs = ({ groups, sink, reads, figures }: LogsPorts): Service => ({
  actionPrefix: 'logs',
  signingNames: ['logs'],
  targetPrefix: 'Logs_20140328',
  queryVersion: undefined,
  xmlNamespace: undefined,
  queryCompatible: false,
  schemas,
  operations: [
    createLogGroup(groups),
    describeLogGroups(groups, figures),
    createLogStream(groups),
    describeLogStreams(groups),
    putLogEvents(putLogColumns(groups, sink)),
    getLogEvents(groups, reads),
  ],
})
