import { StoreFull, StoreUnusable } from '../store-failure.ts'

// Primary result codes: https://www.sqlite.org/rescode.html
const BUSY = 5
const LOCKED = 6
const READONLY = 8
const IOERR = 10
const CORRUPT = 11
const FULL = 13
const CANTOPEN = 14
const NOTADB = 26

/** SQLite's primary result code, or undefined when the error did not come from SQLite. */
const resultCode = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}

/** What a statement's error means to the callers of the store; errors without a meaning of their own stay as they are. */
export const statementFailure = (error: unknown): unknown => {
  const code = resultCode(error)
  if (code === FULL || code === IOERR || code === READONLY || code === CANTOPEN) {
    return new StoreFull(`the control store cannot be written: ${(error as Error).message}`, { cause: error })
  }
  return error
}

/** What an error while opening means to the operator. */
export const openFailure = (file: string, error: unknown): unknown => {
  const unusable = (problem: string): StoreUnusable => new StoreUnusable(`the control store ${file} ${problem}`, { cause: error })
  switch (resultCode(error)) {
    case BUSY:
    case LOCKED:
      return unusable('is in use by another process; stop that one, or name another data folder')
    case NOTADB:
    case CORRUPT:
      return unusable('is damaged or no SQLite database; restore it from a backup')
    case CANTOPEN:
    case READONLY:
    case FULL:
    case IOERR:
      return unusable(`cannot be opened for writing: ${(error as Error).message}`)
    default:
      return error
  }
}
