import type { Connection } from './connection.ts'
import type { StateValue } from './shapes.ts'

/** Why an alarm was what it was at one instant; times are ISO 8601. */
export interface Explanation {
  readonly at: string
  readonly verdict: StateValue | 'keep'
  readonly decidedBy: string
  readonly because: string
  readonly state?: { readonly value: StateValue; readonly since?: string; readonly reason?: string }
  readonly evaluation?: string
  /** Newest first. */
  readonly points: readonly ExplainedPoint[]
  readonly contributors: readonly ExplainedContributor[]
  readonly rule?: ExplainedNode
}

export interface ExplainedPoint {
  readonly at: string
  readonly value?: number
  readonly samples?: number
  readonly lower?: number
  readonly upper?: number
  readonly finding: 'breaching' | 'fine' | 'missing'
  readonly considered: boolean
}

export interface ExplainedContributor {
  readonly attributes: Readonly<Record<string, string>>
  readonly value: 'OK' | 'ALARM' | 'pending'
  readonly because: string
}

export interface ExplainedNode {
  readonly text: string
  readonly value: boolean
  readonly alarms: readonly { readonly alarm: string; readonly state?: StateValue; readonly counts: boolean }[]
  readonly operands: readonly ExplainedNode[]
}

/** `at` in epoch seconds; undefined: now. AWS has no operation for this; the server's own API answers. */
export const readExplanation = (connection: Connection, name: string, at: number | undefined, signal: AbortSignal): Promise<Explanation> =>
  connection.read<Explanation>(
    'alarms/explanation', { name, ...(at !== undefined && { at: new Date(at * 1000).toISOString() }) }, signal,
  )
