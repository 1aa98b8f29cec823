import { integer, list, oneOf, structure, text } from '../../constraints.ts'
import { NEXT_TOKEN } from '../limits.ts'

/** Limits of the model's shapes; enumerations in the order in which AWS tells them. */
export const DELIVERY_NAME = text({ min: 1, max: 60, pattern: /[\w-]*/ })
export const DELIVERY_ID = text({ min: 1, max: 64, pattern: /[0-9A-Za-z]+/, patternText: '^[0-9A-Za-z]+$' })
export const LOG_TYPE = text({ min: 1, max: 255, pattern: /\w*/, patternText: String.raw`[\w]*` })
export const DELIVERY_TYPES = ['S3', 'CWL', 'FH', 'XRAY'] as const
export const OUTPUT_FORMAT = oneOf(['w3c', 'raw', 'json', 'plain', 'parquet'], { unsaid: true })
export const PAGE = { nextToken: NEXT_TOKEN, limit: integer({ min: 1, max: 50 }) }
export const DEFAULT_PAGE = 50

export const DELIVERY_CONFIGURATION = {
  recordFields: list(text({ min: 1, max: 64 }), { max: 128 }),
  fieldDelimiter: text({ max: 5 }),
  s3DeliveryConfiguration: structure({ suffixPath: text({ min: 1, max: 256 }) }),
}

/** Of each kind, in an account. */
export const MAX_OF_A_KIND = 1_000
