import { Fault } from '../../wire/fault.ts'
import { type Constraint, enforce, integer, oneOf, text } from '../constraints.ts'

/** Limits of the model's shapes (API 2014-03-28). */
const GROUP_NAME = { min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/, patternText: String.raw`[\.\-_/#A-Za-z0-9]+`, patternUnsaid: true }
const STREAM_NAME = { min: 1, max: 512, pattern: /[^:*]*/ }
/** AWS's sentence for names of both kinds, wherever a request says which group or stream it is about. */
const tooLong = 'Invalid LogGroup or LogStream, both must have length less than or equal to 512.'

export const LOG_GROUP_NAME = text({ ...GROUP_NAME, tooLong })
export const LOG_STREAM_NAME = text({ ...STREAM_NAME, tooLong })
/** Names that are looked for, or are several. */
export const LOG_GROUP_PREFIX = text(GROUP_NAME)
export const LOG_STREAM_PREFIX = text(STREAM_NAME)
export const ACCOUNT_ID = text({ min: 12, max: 12, pattern: /\d{12}/, patternText: String.raw`^\d{12}$` })
export const LOG_GROUP_IDENTIFIER = text({ min: 1, max: 2048, pattern: /[\w#+=/:,.@-]*/ })
export const LOG_GROUP_CLASS = oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY', 'ESSENTIALS'])
export const NEXT_TOKEN = text({ min: 1 })
export const TIMESTAMP = integer({ min: 0 })

/** Throws everything that the input breaks as CloudWatch Logs tells it: in AWS's usual sentence, under a code of its own. */
export const check = (constraint: Constraint, input: object): void => refuse(constraint, input, 'InvalidParameterException')

/** As `check`, for the operations whose model knows no `InvalidParameterException`. */
export const validate = (constraint: Constraint, input: object): void => refuse(constraint, input, 'ValidationException')

const refuse = (constraint: Constraint, input: object, code: string): void => {
  try {
    enforce(constraint, input)
  } catch (error) {
    if (error instanceof Fault) throw new Fault(code, error.message)
    throw error
  }
}
