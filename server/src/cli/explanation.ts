/** `GET /api/alarms/explanation`, as docs/operator-api.md has it; members without a value are absent. */
export interface ExplanationDocument {
  readonly alarm: string
  readonly at: string
  readonly verdict: string
  readonly decidedBy: string
  readonly because: string
  readonly evaluation?: string
  readonly state?: { readonly value: string; readonly since?: string; readonly reason?: string }
  readonly points: readonly PointDocument[]
  readonly contributors: readonly { readonly attributes: Readonly<Record<string, string>>; readonly value: string; readonly because: string }[]
  readonly rule?: NodeDocument
}

export interface PointDocument {
  readonly at: string
  readonly value?: number
  readonly samples?: number
  readonly lower?: number
  readonly upper?: number
  readonly finding: string
  readonly considered: boolean
}

export interface NodeDocument {
  readonly text: string
  readonly value: boolean
  readonly alarms: readonly { readonly alarm: string; readonly state?: string; readonly counts: boolean }[]
  readonly operands: readonly NodeDocument[]
}
