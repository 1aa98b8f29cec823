import { AwsError } from '../../aws/aws-error.ts'
import type { Place } from './editor/highlight.ts'

/** Where StartQuery says that a query is wrong. */
export const problemIn = (error: unknown): Place | undefined => {
  const told = error instanceof AwsError ? error.members['queryCompileError'] : undefined
  if (typeof told !== 'object' || told === null) return undefined
  const { location } = told as { readonly location?: { readonly startCharOffset?: number; readonly endCharOffset?: number } }
  const { startCharOffset: start, endCharOffset: end } = location ?? {}
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined
}
