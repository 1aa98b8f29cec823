import { millis } from '../../base/time.ts'

// https://developer.pagerduty.com/docs/send-alert-event
export const MAX_EVENT_BYTES = 512 * 1024
export const MAX_SUMMARY = 1_024
export const MAX_DEDUP_KEY = 255
export const ROUTING_KEY = /^[A-Za-z0-9]{32}$/
/** Where keys without an address go; accounts of the EU give their full address. */
export const DEFAULT_URL = 'https://events.pagerduty.com/v2/enqueue'

// Not documented: these keep what is shown in an incident readable.
export const MAX_NAME = 255
export const MAX_LINK = 3_000
export const MAX_DETAIL = 10_000
export const TIMEOUT = millis(15_000)
