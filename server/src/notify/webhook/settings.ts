import { millis } from '../../base/time.ts'

/** How long SNS waits for an answer. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export const TIMEOUT = millis(15_000)
/** What SNS calls itself; receivers filter on it. */
export const USER_AGENT = 'Amazon Simple Notification Service Agent'
export const CONTENT_TYPE = 'text/plain; charset=UTF-8'
