/** The journal could not take a record; nothing of it was kept, and a later append may succeed. */
export class JournalError extends Error {
  override readonly name: string = 'JournalError'
}

/** No room on the disk, or the disk failed (ENOSPC, EDQUOT, EIO, EROFS). Works again by itself once the disk does. */
export class DiskFullError extends JournalError {
  override readonly name = 'DiskFull'
}

/** The journal has reached its own bound: what it holds is not being moved to the store. */
export class JournalFullError extends JournalError {
  override readonly name = 'JournalFull'
}
