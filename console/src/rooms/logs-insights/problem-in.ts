import { AwsError } from '../../aws/aws-error.ts'
import type { Place } from './editor/highlight.ts'

/** Where StartQuery says that a query is wrong. */
export const problemIn = (error: unknown): Place | undefined => {
  const { startCharOffset: start, endCharOffset: end } = compileError(error)?.location ?? {}
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined
}

/** What would be right, where AWS's own words only say that something is wrong. */
export const hintIn = (error: unknown): string | undefined => {
  const message = compileError(error)?.message
  return message === undefined || (error as AwsError).message.startsWith(message) ? undefined : message
}

interface CompileError {
  readonly message?: string
  readonly location?: { readonly startCharOffset?: number; readonly endCharOffset?: number }
}

const compileError = (error: unknown): CompileError | undefined => {
  const told = error instanceof AwsError ? error.members['queryCompileError'] : undefined
  return typeof told === 'object' && told !== null ? told : undefined
}
