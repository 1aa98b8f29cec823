import type { LogGroup } from './log.ts'

/** A place between two events of a group: those before have a lower (timestamp, seq). */
export interface LogBoundary {
  readonly timestamp: number
  readonly seq: bigint
}

export interface LogPageRead {
  readonly group: LogGroup
  /** Of these streams, or, undefined, of all. */
  readonly streams?: readonly string[] | undefined
  readonly streamPrefix?: string | undefined
  /** Timestamps; `to` is exclusive. */
  readonly from: number
  readonly to: number
  /** Ascending from the boundary on, or descending from it back. Undefined: from the range's begin or end. */
  readonly boundary?: LogBoundary | undefined
  readonly descending: boolean
  readonly limit: number
  /** Originals where messages are masked. */
  readonly unmask: boolean
  /** Only messages that hold one text of each of these lists. */
  readonly texts?: readonly (readonly string[])[] | undefined
}

/** A page of a group's streams, after the last one of the page before. */
export interface LogStreamPage {
  readonly orderBy: 'name' | 'lastEvent'
  readonly descending: boolean
  /** Only with `orderBy: 'name'`. */
  readonly prefix?: string | undefined
  readonly after: { readonly name: string; readonly lastEvent: number } | undefined
  readonly limit: number
}
