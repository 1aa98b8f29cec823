import type { Call } from '../call.ts'
import type { Need } from '../program.ts'
import { emptyLine, list, series, type Term } from '../term.ts'

/** A series that is answered from outside; no answer is a series without datapoints. */
export const fetchedSeries = (call: Call, wanted: Need): Term => {
  const need = call.scope.need(wanted)
  return series(run => run.need(need)[0] ?? emptyLine(call.source, run))
}

/** Several series that are answered from outside. */
export const fetchedList = (call: Call, wanted: Need): Term => {
  const need = call.scope.need(wanted)
  return list(run => run.need(need))
}
