import type { PutLogEventsCommandInput, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { entityFailure } from '../../model/entity.ts'
import { logColumns } from '../../model/log-columns.ts'
import type { EncodedLogEvents, LogBody } from '../../model/log-intake.ts'
import type { RetentionOf } from '../../model/log.ts'
import { type Call, operation } from '../operation.ts'
import { streamNotFound } from './faults.ts'
import { groupOf, groupResource } from './group-of.ts'
import type { LogGroupStore, LogSink } from './ports.ts'
import { checkPut } from './put-limits.ts'
import { rejectedEvents } from './rejected-events.ts'

/** The model's limit of a value. */
const ENTITY_VALUE_LIMIT = 512

type Request = Omit<PutLogEventsCommandInput, 'logEvents'> & EncodedLogEvents

/** PutLogEvents over columns, and with the request's own bytes where they are at hand: the journal then keeps those. */
export type PutLogColumns = (request: Request, call: Call, body?: LogBody) => Promise<PutLogEventsResponse>

export const putLogColumns = (groups: LogGroupStore, sink: LogSink, retentionOf: RetentionOf): PutLogColumns => async (request, { tenant, now }, body) => {
  checkPut(request)
  const group = groupOf(groups, tenant, { logGroupName: request.logGroupName })
  const stream = request.logStreamName!
  if ((await groups.stream(group.id, stream)) === undefined) throw streamNotFound()
  const { from, to, rejected } = rejectedEvents(request.timestamps, retentionOf(group).days, now)
  if (to > from) {
    const whole = from === 0 && to === request.messages.length
    await sink.accept({
      group,
      stream,
      timestamps: whole ? request.timestamps : request.timestamps.slice(from, to),
      messages: whole ? request.messages : request.messages.slice(from, to),
      hasEntity: request.entity !== undefined,
      body: body === undefined ? undefined : { ...body, from },
    })
  }
  const { entity } = request
  const errorType = entity === undefined ? undefined : entityFailure({ keys: entity.keyAttributes ?? {}, attributes: entity.attributes }, ENTITY_VALUE_LIMIT)
  return {
    nextSequenceToken: SEQUENCE_TOKEN,
    ...(rejected === undefined ? {} : { rejectedLogEventsInfo: rejected }),
    ...(errorType === undefined ? {} : { rejectedEntityInfo: { errorType } }),
  }
}

/** Nobody has to send it back any more: AWS takes any token, or none. */
export const SEQUENCE_TOKEN = '49590302938006985155555555555555555555555555555555555555'

export const putLogEvents = (put: PutLogColumns) =>
  operation<PutLogEventsCommandInput, PutLogEventsResponse>({
    name: 'PutLogEvents',
    kind: 'data',
    access: 'signed',
    resources: (input, tenant) => [groupResource(tenant, { logGroupName: input.logGroupName }, input.logStreamName)],
    differs: [
      { member: 'sequenceToken', how: 'any is taken, and none is needed, as on AWS since 2023' },
      { member: 'entity', how: 'checked, and told from what events in the embedded metric format say; Logs Insights has no `@entity` fields of it' },
    ],
    run({ logEvents, ...input }, call) {
      return put({ ...input, ...logColumns(logEvents) }, call)
    },
  })
