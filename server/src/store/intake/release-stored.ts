import type { Log } from '../../base/log.ts'
import type { Journal } from '../journal/journal.ts'
import { writeStoredNote } from './put-record.ts'

interface Kinds {
  /** Of the records that are let go. */
  readonly records: readonly number[]
  /** Of the note that says so. */
  readonly note: number
}

/** Notes in the journal that everything up to `upTo` is in the store, and lets go of it. */
export const releaseStored = async ({ journal, log }: { readonly journal: Journal; readonly log: Log }, { records, note }: Kinds, upTo: number): Promise<void> => {
  try {
    await journal.append(note, writeStoredNote(upTo))
  } catch (error) {
    // Without the note a restart offers it again and what the store has is left alone. On a full disk, deleting is what helps.
    log.warn({ error: String(error) }, 'the journal could not note that a block is stored')
  }
  for (const kind of records) await journal.release(kind, upTo)
}
