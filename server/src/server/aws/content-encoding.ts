import type { BodyEncoding } from '../../model/metric-intake.ts'
import { Fault } from '../../wire/fault.ts'

/** The `Content-Encoding` of a body that the journal keeps as it came. */
export const encodingOf = (header: string | undefined): BodyEncoding => {
  const encoding = header?.trim().toLowerCase() ?? ''
  if (encoding === '' || encoding === 'identity') return 'identity'
  if (encoding === 'gzip' || encoding === 'x-gzip') return 'gzip'
  throw new Fault('UnsupportedMediaType', `The content encoding ${JSON.stringify(header)} is not supported.`, { status: 415 })
}
