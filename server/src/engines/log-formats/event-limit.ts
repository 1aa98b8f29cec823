/** Bytes of UTF-8 in one event: a request of 1,048,576 bytes counts 26 for each event. */
export const EVENT_BYTES = 1_048_550

/** A UTF-16 unit takes at most three bytes, so most texts need no counting. */
export const fitsEvent = (text: string): boolean => text.length * 3 <= EVENT_BYTES || (text.length <= EVENT_BYTES && Buffer.byteLength(text) <= EVENT_BYTES)

/** A text that is too long for one event, in pieces that are not. */
export const pieces = (text: string): readonly string[] => {
  if (fitsEvent(text)) return [text]
  const found: string[] = []
  const step = Math.floor(EVENT_BYTES / 3)
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + step)
    // Never between the halves of a character.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--
    found.push(text.slice(at, end))
    at = end
  }
  return found
}
