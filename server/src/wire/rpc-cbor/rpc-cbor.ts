import { reading } from '../mismatch.ts'
import type { Protocol, ReplyContext } from '../protocol.ts'
import { faultMembers, faultShape, faultType, queryErrorHeader } from '../reply.ts'
import { readCbor } from './read.ts'
import { writeCbor, writeCborError } from './write.ts'

const bare = ({ requestId }: ReplyContext) => ({ 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': requestId })

/** Smithy RPC v2 with CBOR bodies: https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html */
export const rpcCbor: Protocol = {
  name: 'rpc-v2-cbor',

  decode: (request, operation) => reading('SerializationException', () => readCbor(request.body, operation.input)),

  encode: (output, operation, context) =>
    // Operations without output answer without a body, and then without a content type.
    operation.output.kind === 'unit'
      ? { status: 200, headers: bare(context), body: '' }
      : { status: 200, headers: { ...bare(context), 'content-type': 'application/cbor' }, body: writeCbor(output ?? {}, operation.output) },

  encodeFault: (fault, context) => {
    const shape = faultShape(fault, context)
    return {
      status: fault.status,
      headers: { ...bare(context), 'content-type': 'application/cbor', ...queryErrorHeader(fault, context) },
      body: writeCborError(faultType(fault, shape), faultMembers(fault, shape), shape),
    }
  },
}
