/** One message of Amazon's event stream framing (https://smithy.io/2.0/aws/amazon-eventstream.html). */
export interface StreamMessage {
  /** `event` or `exception`. */
  readonly kind: string
  /** Which event or exception it is. */
  readonly name: string
  readonly payload: unknown
}

/** Total length, length of the headers and their checksum; the message's own checksum comes last. */
const PRELUDE = 12
const CHECKSUM = 4
/** Headers' values of this type are texts; nothing else is among those that are looked at. */
const TEXT = 7
const words = new TextDecoder()

/** The messages of a body as they come, however it is cut. Its checksums are TCP's matter here: they are not held against it. */
export async function* messagesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const reader = body.getReader()
  let rest = new Uint8Array(0)
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    rest = joined(rest, read.value)
    for (let length = lengthOf(rest); length <= rest.length; length = lengthOf(rest)) {
      yield messageOf(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
  }
}

/** Infinite where not even the length is there. */
const lengthOf = (bytes: Uint8Array): number => (bytes.length < PRELUDE ? Infinity : Math.max(PRELUDE + CHECKSUM, view(bytes).getUint32(0)))

const messageOf = (bytes: Uint8Array): StreamMessage => {
  const behind = PRELUDE + view(bytes).getUint32(4)
  const headers = headersIn(bytes.subarray(PRELUDE, behind))
  const text = words.decode(bytes.subarray(behind, bytes.length - CHECKSUM))
  return {
    kind: headers.get(':message-type') ?? '',
    name: headers.get(':event-type') ?? headers.get(':exception-type') ?? '',
    payload: text === '' ? {} : JSON.parse(text),
  }
}

const headersIn = (bytes: Uint8Array): ReadonlyMap<string, string> => {
  const headers = new Map<string, string>()
  const numbers = view(bytes)
  for (let at = 0; at < bytes.length;) {
    const named = at + 1 + numbers.getUint8(at)
    if (numbers.getUint8(named) !== TEXT) break
    const value = named + 3
    const end = value + numbers.getUint16(named + 1)
    headers.set(words.decode(bytes.subarray(at + 1, named)), words.decode(bytes.subarray(value, end)))
    at = end
  }
  return headers
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const joined = (one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> => {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
