import type { ReceivedRequest } from './received-request.ts'

/** A request whose body is still to come. */
export interface ArrivingRequest extends Omit<ReceivedRequest, 'body'> {
  /** The bytes as they come; ends with an error where the sender breaks off. May be read once, or left. */
  readonly bytes: AsyncIterable<Uint8Array>
}
