import type { Rows, ShownField } from './rows.ts'

/** What rows show: what the last `display` says, else what `fields` and others added, for events to what all of them show. */
export const shownFields = (rows: Rows): readonly ShownField[] => {
  if (rows.displayed !== undefined) return rows.displayed
  return rows.kind === 'events' && !rows.chosen ? [...rows.unchosen, ...rows.shown] : rows.shown
}
