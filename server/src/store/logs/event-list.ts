import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { EncodedLogEvents } from '../../model/log-intake.ts'
import { LogMessages } from '../../model/log-messages.ts'

/** The house's own form of a list of events: for each its timestamp (double), its length in bytes (4), its text in UTF-8. */
export const writeEventList = ({ timestamps, messages }: EncodedLogEvents): Buffer => {
  const bytes = Buffer.allocUnsafe(messages.textBytes + 12 * messages.length)
  let at = 0
  for (let index = 0; index < messages.length; index++) {
    bytes.writeDoubleLE(timestamps[index]!, at)
    bytes.writeUInt32LE(messages.end(index) - messages.start(index), at + 8)
    at += 12 + messages.memory.copy(bytes, at + 12, messages.start(index), messages.end(index))
  }
  return bytes
}

/** Throws a RangeError when the bytes end within an event. */
export const readEventList = (source: Uint8Array): EncodedLogEvents => {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const timestamps: EpochMillis[] = []
  const messages: string[] = []
  for (let at = 0; at < bytes.length; ) {
    timestamps.push(epochMillis(bytes.readDoubleLE(at)))
    const end = at + 12 + bytes.readUInt32LE(at + 8)
    if (end > bytes.length) throw new RangeError('the list ends within an event')
    messages.push(bytes.toString('utf8', at + 12, end))
    at = end
  }
  return { timestamps, messages: LogMessages.of(messages) }
}
