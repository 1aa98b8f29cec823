import { parseEmf } from '../../engines/emf/parse-emf.ts'
import type { LogArrival } from '../../model/log.ts'
import type { ArrivedLines } from './arrived-lines.ts'
import type { SampleFold } from './sample-fold.ts'

interface EmfErrors {
  readonly parsing: number
  readonly validation: number
}

/** Without the quotation mark before it: those are everywhere in JSON, and a search that stops at each of them takes ten times as long. */
const MARK = '_aws"'
const NONE: EmfErrors = { parsing: 0, validation: 0 }

/** Adds the metrics that events bring along to the fold. Where there are none, that costs one search for `_aws`. */
export const foldEmbeddedMetrics = (arrival: LogArrival, lines: ArrivedLines, fold: SampleFold): EmfErrors => {
  if (arrival.mayHold?.(MARK) === false) return NONE
  let parsing = 0
  let validation = 0
  for (const [index, message] of arrival.messages.entries()) {
    if (!message.includes(MARK)) continue
    const result = parseEmf(lines.at(index), arrival.ingestedAt)
    if (result === undefined) continue
    for (const sample of result.samples) fold.add(sample)
    parsing += result.parsingErrors
    validation += result.validationErrors
  }
  return { parsing, validation }
}
