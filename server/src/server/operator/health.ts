import type { WireReply } from '../../wire/protocol.ts'
import { json } from './json-reply.ts'

/** How one part is doing; `working` false makes the whole server unready. */
export interface PartHealth {
  readonly working: boolean
  readonly state: string
  readonly [fact: string]: unknown
}

/** `GET /health`: 200 when every part works, else 503; both say how each part is doing. */
export const health = (parts: Readonly<Record<string, PartHealth>>): WireReply => {
  const ready = Object.values(parts).every(({ working }) => working)
  return json(ready ? 200 : 503, { status: ready ? 'ready' : 'unready', parts })
}
