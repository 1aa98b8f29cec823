import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import type { EncodedLogEvents } from '../../model/log-intake.ts'
import { structure } from '../constraints.ts'
import { invalidParameter } from './faults.ts'
import { check, LOG_GROUP_NAME, LOG_STREAM_NAME } from './limits.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, logStreamName: LOG_STREAM_NAME }, ['logGroupName', 'logStreamName'])

/** Documented quotas of PutLogEvents. */
const MAX_EVENTS = 10_000
const MAX_BATCH_BYTES = 1_048_576
const EVENT_BYTES = 26

/** Throws for everything that refuses the request as a whole, whatever the group. */
export const checkPut = (request: Omit<PutLogEventsCommandInput, 'logEvents'> & EncodedLogEvents): void => {
  check(INPUT, request)
  const { timestamps, messages, absent } = request
  if (absent !== undefined) throw violation(absent, 'null', 'Member must not be null')
  if (messages.length === 0) throw violation('logEvents', '\'[]\'', 'Member must have length greater than or equal to 1')
  if (messages.length > MAX_EVENTS) throw violation('logEvents', `'[${messages.length} events]'`, `Member must have length less than or equal to ${MAX_EVENTS}`)
  let before = 0
  for (let index = 0; index < messages.length; index++) {
    const at = timestamps[index]!
    if (at < 0) throw violation(`${member(index)}.timestamp`, `'${at}'`, 'Member must have value greater than or equal to 0')
    if (messages.start(index) === messages.end(index)) throw violation(`${member(index)}.message`, '\'\'', 'Member must have length greater than or equal to 1')
    if (at < before) throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
    before = at
  }
  const bytes = messages.textBytes + messages.length * EVENT_BYTES
  if (bytes > MAX_BATCH_BYTES) throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`)
}

const member = (index: number): string => `logEvents.${index + 1}.member`

const violation = (at: string, value: string, says: string) =>
  invalidParameter(`1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${says}`)
