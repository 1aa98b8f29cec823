import { readJson } from '../json-read.ts'
import { writeJson } from '../json-write.ts'
import { reading } from '../mismatch.ts'
import type { Protocol } from '../protocol.ts'
import { faultMembers, faultShape, faultType, queryErrorHeader } from '../reply.ts'

const awsJson = (version: '1.0' | '1.1'): Protocol => {
  const headers = (requestId: string) => ({ 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId })
  return {
    name: `aws-json-${version}`,

    decode: (request, operation) => reading('SerializationException', () => readJson(request.body, operation.input)),

    encode: (output, operation, { requestId }) => ({
      status: 200,
      headers: headers(requestId),
      body: operation.output.kind === 'unit' ? '' : writeJson(output ?? {}, operation.output),
    }),

    encodeFault: (fault, context) => {
      const shape = faultShape(fault, context)
      const members = faultMembers(fault, shape)
      const known = shape === undefined ? undefined : writeJson(members, shape)
      const body = known ?? JSON.stringify(members)
      // The older services name an error alone: Fluent Bit compares the whole of it.
      const type = `{"__type":${JSON.stringify(version === '1.1' ? fault.shape : faultType(fault, shape))}`
      return {
        // To those who speak 1.1, it is the request that is wrong, also where its sender is unknown or may not do it.
        status: version === '1.1' && fault.status === 403 ? 400 : fault.status,
        headers: { ...headers(context.requestId), ...queryErrorHeader(fault, context) },
        body: body === '{}' ? `${type}}` : `${type},${body.slice(1)}`,
      }
    },
  }
}

export const awsJson10 = awsJson('1.0')
export const awsJson11 = awsJson('1.1')
