import type { AddField } from './add-field.ts'

const LINE = /^(START|END|REPORT) RequestId: ([0-9a-f-]{36})\b/
const MEASURES: readonly (readonly [field: string, pattern: RegExp, scale: number])[] = [
  ['@duration', /\bDuration: ([\d.]+) ms/, 1],
  ['@billedDuration', /\bBilled Duration: ([\d.]+) ms/, 1],
  ['@initDuration', /\bInit Duration: ([\d.]+) ms/, 1],
  ['@memorySize', /\bMemory Size: (\d+) MB/, 1_000_000],
  ['@maxMemoryUsed', /\bMax Memory Used: (\d+) MB/, 1_000_000],
]
const TRACE = /\bXRAY TraceId: (\S+)/
const SEGMENT = /\bSegmentId: (\S+)/

/** Lambda's START, END and REPORT lines. Durations are milliseconds, memory bytes. */
export const lambdaFields = (message: string, add: AddField): void => {
  const line = LINE.exec(message)
  if (line === null) return
  add('@type', line[1]!)
  add('@requestId', line[2]!)
  if (line[1] !== 'REPORT') return
  // The first `Duration` of the line is neither billed nor initial: it stands first.
  for (const [field, pattern, scale] of MEASURES) {
    const found = pattern.exec(message)
    if (found !== null) add(field, Number(found[1]) * scale)
  }
  const [, trace] = TRACE.exec(message) ?? []
  const [, segment] = SEGMENT.exec(message) ?? []
  if (trace !== undefined) add('@xrayTraceId', trace)
  if (segment !== undefined) add('@xraySegmentId', segment)
}
