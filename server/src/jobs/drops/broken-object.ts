import { BrokenLog } from '../../engines/log-formats/log-format.ts'

/** The object is at fault, and will be whenever it is read again. */
export class BrokenObject extends Error {
  override readonly name = 'BrokenObject'
  readonly reason: string

  constructor(reason: 'gzip' | 'bomb' | 'gone' | 'unreadable', message: string) {
    super(message)
    this.reason = reason
  }
}

/** Why an object has to be put aside; undefined: the failure is none of its own. */
export const brokenBy = (error: unknown): { readonly reason: string; readonly detail: string } | undefined =>
  error instanceof BrokenObject || error instanceof BrokenLog ? { reason: error.reason, detail: error.message } : undefined
