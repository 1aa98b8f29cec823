import { EventStreamCodec } from '@smithy/core/event-streams'
import type { Protocol, ReplyContext, StreamedReply } from '../protocol.ts'
import type { Member, OperationSchema, StructureShape } from '../schema.ts'

const codec = new EventStreamCodec(bytes => Buffer.from(bytes as Uint8Array).toString(), text => Buffer.from(text))

/**
 * The answer of an operation whose output is a stream of events, in Amazon's framing
 * (https://smithy.io/2.0/aws/amazon-eventstream.html), each event's payload in the caller's protocol; undefined for all other
 * operations. Each event is an object with one member, as the SDK types it; a member that is an error ends the stream.
 */
export const eventReply = (protocol: Protocol, output: unknown, operation: OperationSchema, context: ReplyContext): StreamedReply | undefined => {
  const events = eventsMember(operation)
  if (events === undefined) return undefined
  const stream = (output as Readonly<Record<string, AsyncIterable<object>>>)[events.name]!
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': context.requestId },
    body: framed(stream, { protocol, operation, context, shape: events.shape as StructureShape }),
  }
}

const eventsMember = ({ output }: OperationSchema): Member | undefined =>
  output.kind === 'structure' ? output.members.find(({ shape, traits }) => shape.kind === 'structure' && shape.union && traits.streaming !== undefined) : undefined

interface Framing {
  readonly protocol: Protocol
  readonly operation: OperationSchema
  readonly context: ReplyContext
  readonly shape: StructureShape
}

async function* framed(stream: AsyncIterable<object>, { protocol, operation, context, shape }: Framing): AsyncGenerator<Uint8Array> {
  // Protocols that are not bound to HTTP bring the output's other members, of which no operation here has any, as an event of their own.
  yield frame({ ':message-type': 'event', ':event-type': 'initial-response' }, protocol.encode({}, { ...operation, output: EMPTY }, context))
  for await (const event of stream) {
    const [name, value] = Object.entries(event)[0] as [string, unknown]
    const member = shape.byName.get(name)!
    const isError = member.shape.kind === 'structure' && member.shape.traits.error !== undefined
    const headers = isError ? { ':message-type': 'exception', ':exception-type': name } : { ':message-type': 'event', ':event-type': name }
    yield frame(headers, protocol.encode(value, { ...operation, output: member.shape }, context))
  }
}

const EMPTY: StructureShape = { kind: 'structure', name: 'InitialResponse', namespace: '', union: false, members: [], byName: new Map(), traits: {} }

const frame = (names: Readonly<Record<string, string>>, { headers, body }: ReturnType<Protocol['encode']>): Uint8Array => {
  const entries = Object.entries({ ...names, ':content-type': headers['content-type'] ?? '' })
  return codec.encode({
    headers: Object.fromEntries(entries.map(([name, value]) => [name, { type: 'string' as const, value }])),
    body: typeof body === 'string' ? Buffer.from(body) : body,
  })
}
