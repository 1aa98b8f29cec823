import type { Channel } from './channel.ts'
import { webhook } from './webhook/channel.ts'

/** Every channel, the particular before the general: the first that claims a target gets it. */
export const channels: readonly Channel[] = [webhook]
