/** One datapoint that the alarm judged; without a value it was missing. `at` is epoch seconds. */
export interface EvaluatedPoint {
  readonly at: number
  readonly value: number | undefined
}

/**
 * What the last evaluation looked at, newest first, from the alarm's StateReasonData. Empty for states set by hand, for
 * alarms not evaluated yet, and for documents of another make.
 */
export const evaluatedPoints = (reasonData: string | undefined): readonly EvaluatedPoint[] => {
  const points = parsed(reasonData)['evaluatedDatapoints']
  if (!Array.isArray(points)) return []
  return points.flatMap((point: unknown) => {
    const { timestamp, value } = (point ?? {}) as { readonly timestamp?: unknown; readonly value?: unknown }
    const at = typeof timestamp === 'string' ? Date.parse(timestamp.replace(/\+0000$/, 'Z')) : Number.NaN
    return Number.isNaN(at) ? [] : [{ at: at / 1000, value: typeof value === 'number' ? value : undefined }]
  })
}

const parsed = (text: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    const document: unknown = JSON.parse(text ?? '{}')
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
