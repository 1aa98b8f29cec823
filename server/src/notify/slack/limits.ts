import { millis } from '../../base/time.ts'

// https://docs.slack.dev/reference/block-kit/blocks and …/messaging/sending-messages-using-incoming-webhooks
export const MAX_HEADER = 150
export const MAX_SECTION = 3_000
export const MAX_FIELDS = 10
export const MAX_FIELD = 2_000
export const MAX_BUTTON_TEXT = 75
export const MAX_URL = 3_000
/** Of an image. */
export const MAX_ALT = 2_000
/** Slack advises 4,000 and cuts at 40,000. */
export const MAX_TEXT = 4_000
/** Not documented: Slack answers `msg_blocks_too_long` above about 13,000 characters of blocks. */
export const MAX_PAYLOAD = 12_000

export const TIMEOUT = millis(15_000)
