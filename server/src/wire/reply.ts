import type { Fault } from './fault.ts'
import type { Protocol, ReplyContext, WireReply } from './protocol.ts'
import { structureShape, type OperationSchema, type StructureShape } from './schema.ts'
import { RawReply } from './service.ts'

/** Errors that the front of every AWS service gives before the service itself has a say carry this namespace. */
const COMMON = 'com.amazon.coral.service'

/** The error's shape in the service's model, where the model knows it. */
export const faultShape = (fault: Fault, context: ReplyContext): StructureShape | undefined =>
  context.service === undefined ? undefined : structureShape(context.service.schemas, fault.shape)

/** `com.amazonaws.cloudwatch#InvalidParameterValueException` */
export const faultType = (fault: Fault, shape: StructureShape | undefined): string => `${shape?.namespace ?? COMMON}#${fault.shape}`

/** The error's members with its message, if it has one, under the name that the model gives it (`message`, or `Message` in older ones). */
export const faultMembers = (fault: Fault, shape: StructureShape | undefined): Readonly<Record<string, unknown>> => {
  const name = shape?.members.find(member => member.name.toLowerCase() === 'message')?.name ?? 'message'
  return { ...fault.members, ...(fault.message === '' ? {} : { [name]: fault.message }) }
}

/** What SDKs read to show the query protocol's code for services that grew up with it. */
export const queryErrorHeader = (fault: Fault, context: ReplyContext): Readonly<Record<string, string>> =>
  context.service?.queryCompatible === true ? { 'x-amzn-query-error': `${fault.code};${fault.side}` } : {}

/** The operation's output in the caller's protocol, or as it is where it is to be. */
export const encodeOutput = (protocol: Protocol, output: unknown, operation: OperationSchema, context: ReplyContext): WireReply =>
  output instanceof RawReply
    ? { status: 200, headers: { 'content-type': output.contentType, 'x-amzn-requestid': context.requestId }, body: output.body }
    : protocol.encode(output, operation, context)
