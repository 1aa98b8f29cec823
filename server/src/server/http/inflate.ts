import { gunzip, inflate, type InputType } from 'node:zlib'
import { Fault } from '../../wire/fault.ts'

/** No body may grow beyond this when its `Content-Encoding` is undone: a decompression bomb ends here. */
const MAX_INFLATED_BYTES = 32 * 1024 * 1024

/** Undoes `Content-Encoding`; broken streams, unknown codings and bombs are the sender's fault. */
export const contentDecoded = async (body: Buffer, encoding: string | undefined): Promise<Buffer> => {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case '':
    case 'identity':
    case 'aws-chunked':
      return body
    case 'gzip':
    case 'x-gzip':
      return run(gunzip, body)
    case 'deflate':
      return run(inflate, body)
    default:
      throw new Fault('UnsupportedMediaType', `The content encoding ${JSON.stringify(encoding)} is not supported.`, { status: 415 })
  }
}

type Inflater = (body: InputType, options: { maxOutputLength: number }, done: (error: Error | null, result: Buffer) => void) => void

const run = (inflater: Inflater, body: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    inflater(body, { maxOutputLength: MAX_INFLATED_BYTES }, (error, result) => {
      if (error === null) resolve(result)
      else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        reject(new Fault('RequestEntityTooLarge', `The request is larger than ${MAX_INFLATED_BYTES} bytes when decompressed.`, { status: 413 }))
      } else reject(new Fault('SerializationException', 'The request body could not be decompressed.'))
    })
  })
