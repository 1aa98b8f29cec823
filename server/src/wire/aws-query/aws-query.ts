import { writeJson } from '../json-write.ts'
import { reading } from '../mismatch.ts'
import type { Protocol, ReplyContext, WireReply, WireRequest } from '../protocol.ts'
import { faultShape } from '../reply.ts'
import { answerJson } from './answer-json.ts'
import { readForm } from './form.ts'
import { readQuery } from './read.ts'
import { escapeXml, writeMembers } from './xml.ts'

/** True when the body is a form; media types are the same in any case. */
export const isForm = (headers: WireRequest['headers']): boolean =>
  headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true

const NOTHING = new Uint8Array(0)

/** AWS query: form or query string in, XML out. */
export const awsQuery: Protocol = {
  name: 'aws-query',

  decode: (request, operation) =>
    reading('MalformedInput', () => {
      const form = isForm(request.headers) ? request.body : NOTHING
      return readQuery(readForm(request.query, form), operation.input)
    }),

  encode: (output, operation, context) => {
    const { name } = operation
    // Operations without output leave the result element out.
    const result = operation.output.kind === 'unit' ? '' : `<${name}Result>${writeMembers(output ?? {}, operation.output)}</${name}Result>`
    const metadata = `<ResponseMetadata><RequestId>${escapeXml(context.requestId)}</RequestId></ResponseMetadata>`
    return xml(200, context, `<${name}Response${namespace(context)}>${result}${metadata}</${name}Response>`)
  },

  encodeFault: (fault, context) => {
    const shape = faultShape(fault, context)
    const members = shape === undefined ? '' : writeMembers(fault.members, shape)
    const message = fault.message === '' ? '' : `<Message>${escapeXml(fault.message)}</Message>`
    const body = `<Error><Type>${fault.side}</Type><Code>${escapeXml(fault.code)}</Code>${message}${members}</Error><RequestId>${escapeXml(context.requestId)}</RequestId>`
    return xml(fault.status, context, `<ErrorResponse${namespace(context)}>${body}</ErrorResponse>`)
  },
}

/** The same for those who ask for JSON (`Accept: application/json`), as programs do that look into one answer with no SDK. */
export const awsQueryInJson: Protocol = {
  ...awsQuery,

  encode: (output, operation, context) => {
    const { name } = operation
    const result = operation.output.kind === 'unit' ? '' : `"${name}Result":${answerJson(output ?? {}, operation.output)},`
    return json(200, context, `{"${name}Response":{${result}"ResponseMetadata":${JSON.stringify({ RequestId: context.requestId })}}}`)
  },

  encodeFault: (fault, context) => {
    const shape = faultShape(fault, context)
    const members = shape === undefined ? '' : writeJson(fault.members, shape).slice(1, -1)
    const said = JSON.stringify({ Code: fault.code, ...(fault.message === '' ? {} : { Message: fault.message }), Type: fault.side }).slice(1, -1)
    const error = `{${said}${members === '' ? '' : `,${members}`}}`
    return json(fault.status, context, `{"Error":${error},"RequestId":${JSON.stringify(context.requestId)}}`)
  },
}

const namespace = ({ service }: ReplyContext): string => (service?.xmlNamespace === undefined ? '' : ` xmlns="${escapeXml(service.xmlNamespace)}"`)

const xml = (status: number, context: ReplyContext, body: string): WireReply => ({
  status,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': context.requestId },
  body,
})

const json = (status: number, context: ReplyContext, body: string): WireReply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': context.requestId },
  body,
})
