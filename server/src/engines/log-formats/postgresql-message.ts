import { type Fields, putNumber, putText } from './fields.ts'

/** Names as PostgreSQL's csvlog has them, whatever the form of the log. */
export const SEVERITIES = new Set(['DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3', 'DEBUG4', 'DEBUG5', 'LOG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'FATAL', 'PANIC'])

/** `duration: 12.3 ms  execute <unnamed>: SELECT …`; a duration stands alone where the statement was logged before. */
const DURATION = /^duration: (\d+\.\d+) ms(?:  (statement|parse|bind|execute|plan|fetch)(?: ([^:]{0,100}))?:\s*)?/

/** Not of csvlog: `duration` in milliseconds and `statement`, where the message speaks of them. */
export const putDuration = (fields: Fields, message: string): void => {
  const found = DURATION.exec(message)
  if (found === null) return
  putNumber(fields, 'duration', found[1])
  const text = message.slice(found[0].length).trim()
  if (found[2] === 'plan') putText(fields, 'plan', text)
  else putText(fields, 'statement', text)
}
