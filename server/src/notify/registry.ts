import type { Channel } from './channel.ts'
import { email } from './email/channel.ts'
import { logSubscription } from './log-subscription/channel.ts'
import { pagerduty } from './pagerduty/channel.ts'
import { slack } from './slack/channel.ts'
import { webhook } from './webhook/channel.ts'

/** Every channel, the particular before the general: the first that claims a target gets it. */
export const channels: readonly Channel[] = [slack, pagerduty, email, webhook, logSubscription]
