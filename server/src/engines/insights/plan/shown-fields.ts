import type { Rows, ShownField } from './rows.ts'

const DEFAULT_FIELDS: readonly ShownField[] = ['@timestamp', '@message'].map(name => ({ name, path: [name] }))

/** What rows show: what the last `display` says, else what `fields` and others added, for events to the time and the message. */
export const shownFields = (rows: Rows): readonly ShownField[] => {
  if (rows.displayed !== undefined) return rows.displayed
  return rows.kind === 'events' && !rows.chosen ? [...DEFAULT_FIELDS, ...rows.shown] : rows.shown
}
