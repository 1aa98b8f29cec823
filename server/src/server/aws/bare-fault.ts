import type { Fault } from '../../wire/fault.ts'
import type { WireReply } from '../../wire/protocol.ts'

/** The answer to a request that was refused before it was known in which protocol it should be answered. */
export const bareFault = (fault: Fault): WireReply => ({
  status: fault.status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': fault.shape },
  body: JSON.stringify({ __type: fault.shape, message: fault.message }),
})
