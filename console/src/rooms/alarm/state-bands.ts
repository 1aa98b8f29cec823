import type { AlarmHistoryItem, StateValue } from '../../aws/shapes.ts'
import type { StateBand } from '../../parts/graph/bands.ts'
import { isState } from '../../words/states.ts'

/** One step of an alarm from a state to another. */
export interface StateChange {
  /** Epoch seconds. */
  readonly at: number
  readonly from: StateValue
  readonly to: StateValue
  readonly reason: string
}

interface HistoryState {
  readonly stateValue?: unknown
  readonly stateReason?: unknown
}

/** The change that a history item tells of, if it is one of state. */
export const changeOf = (item: AlarmHistoryItem): StateChange | undefined => {
  if (item.HistoryItemType !== 'StateUpdate' || item.Timestamp === undefined) return undefined
  const { oldState, newState } = documentOf(item)
  // History data is cut at 4095 characters; the summary then still names both states.
  const [, before, after] = /from (\w+) to (\w+)/.exec(item.HistorySummary ?? '') ?? []
  const from = isState(oldState?.stateValue) ? oldState.stateValue : before
  const to = isState(newState?.stateValue) ? newState.stateValue : after
  if (!isState(from) || !isState(to)) return undefined
  return { at: item.Timestamp, from, to, reason: typeof newState?.stateReason === 'string' ? newState.stateReason : '' }
}

/** Whether a history item tells that the alarm was made. */
export const isCreation = (item: AlarmHistoryItem): boolean =>
  item.HistoryItemType === 'ConfigurationUpdate' && /"type"\s*:\s*"Create"/.test(item.HistoryData ?? '')

const documentOf = (item: AlarmHistoryItem): { readonly oldState?: HistoryState; readonly newState?: HistoryState } => {
  try {
    const document: unknown = JSON.parse(item.HistoryData ?? '{}')
    return typeof document === 'object' && document !== null ? document : {}
  } catch {
    return {}
  }
}

/**
 * The states of an alarm between `start` and `end` (epoch seconds), without gaps, from its changes since `start` in any
 * order. Before its creation an alarm had no state; without any change it was all the time what it is now.
 */
export const bandsOf = (
  changes: readonly StateChange[],
  current: StateValue,
  createdAt: number | undefined,
  start: number,
  end: number,
): readonly StateBand[] => {
  const steps = changes.filter(change => change.at >= start).sort((a, b) => a.at - b.at)
  const bands: StateBand[] = []
  const add = (state: StateValue, from: number, to: number): void => {
    const [left, right] = [Math.max(from, start, createdAt ?? start), Math.min(to, end)]
    const last = bands.at(-1)
    if (right <= left) return
    if (last?.state === state && last.end === left) bands[bands.length - 1] = { ...last, end: right }
    else bands.push({ state, start: left, end: right })
  }
  let since = start
  for (const { at, from } of steps) {
    add(from, since, at)
    since = at
  }
  add(steps.at(-1)?.to ?? current, since, end)
  return bands
}
