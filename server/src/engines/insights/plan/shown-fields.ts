export interface ShownField {
  readonly name: string
  readonly path: readonly string[]
}

/** What commands said of what is to be shown. */
interface Shown {
  /** Raw events, or what stats and the like made of them. */
  readonly kind: 'events' | 'groups'
  /** What `fields`, `parse` … show, in order. */
  readonly shown: readonly ShownField[]
  /** Whether a `fields` command said what to show. */
  readonly chosen: boolean
  /** What events show where none did. */
  readonly unchosen: readonly ShownField[]
  /** What the last `display` shows instead. */
  readonly displayed: readonly ShownField[] | undefined
}

/** What rows show: what the last `display` says, else what `fields` and others added, for events to what all of them show. */
export const shownFields = ({ kind, shown, chosen, unchosen, displayed }: Shown): readonly ShownField[] =>
  displayed ?? (kind === 'events' && !chosen ? [...unchosen, ...shown] : shown)
