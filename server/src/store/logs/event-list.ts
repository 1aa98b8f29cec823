import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogEventColumns } from '../../model/log-intake.ts'

/** The house's own form of a list of events: for each its timestamp (double), its length in bytes (4), its text in UTF-8. */
export const writeEventList = ({ timestamps, messages }: LogEventColumns): Buffer => {
  const bytes = Buffer.allocUnsafe(messages.reduce((sum, message) => sum + 12 + Buffer.byteLength(message), 0))
  let at = 0
  for (const [index, message] of messages.entries()) {
    bytes.writeDoubleLE(timestamps[index]!, at)
    const length = bytes.write(message, at + 12)
    bytes.writeUInt32LE(length, at + 8)
    at += 12 + length
  }
  return bytes
}

/** Throws a RangeError when the bytes end within an event. */
export const readEventList = (source: Uint8Array): LogEventColumns => {
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
  return { timestamps, messages }
}
