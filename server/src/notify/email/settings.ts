import { millis } from '../../base/time.ts'

/** RFC 5321, 4.5.3.1.3, without the angle brackets. */
export const MAX_ADDRESS = 254
/** SNS's limit is 100; names of alarms make room. */
export const MAX_SUBJECT = 200
/** SNS messages are at most 256 KB; everything above is somebody else's. */
export const MAX_BODY = 300_000
/** For one whole conversation with the mail server. */
export const TIMEOUT = millis(30_000)
/** For each of its steps; a mail server that greets late is a busy one. */
export const STEP_TIMEOUT = millis(15_000)

export const FROM_NAME = 'Tocsin'
export const DEFAULT_SUBJECT = 'Notification Message'
