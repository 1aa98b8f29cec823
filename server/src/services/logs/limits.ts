import { Fault } from '../../wire/fault.ts'
import { type Constraint, enforce, integer, oneOf, text } from '../constraints.ts'

/** Limits of the model's shapes (API 2014-03-28). */
export const LOG_GROUP_NAME = text({ min: 1, max: 512, pattern: /[.\-_/#A-Za-z0-9]+/ })
export const LOG_STREAM_NAME = text({ min: 1, max: 512, pattern: /[^:*]*/ })
export const LOG_GROUP_IDENTIFIER = text({ min: 1, max: 2048, pattern: /[\w#+=/:,.@-]*/ })
export const LOG_GROUP_CLASS = oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'])
export const NEXT_TOKEN = text({ min: 1 })
export const TIMESTAMP = integer({ min: 0 })

/** Throws everything that the input breaks as CloudWatch Logs tells it: in AWS's usual sentence, under a code of its own. */
export const check = (constraint: Constraint, input: object): void => {
  try {
    enforce(constraint, input)
  } catch (error) {
    if (error instanceof Fault) throw new Fault('InvalidParameterException', error.message)
    throw error
  }
}
