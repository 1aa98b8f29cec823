import { parseEmf } from '../../engines/emf/parse-emf.ts'
import type { LogArrival } from '../../model/log.ts'
import type { ArrivedLines } from './arrived-lines.ts'
import type { SampleFold } from './sample-fold.ts'

export interface EmfErrors {
  readonly parsing: number
  readonly validation: number
}

/** Adds the metrics that events bring along to the fold. A message without any costs one search for `_aws`. */
export const foldEmbeddedMetrics = (arrival: LogArrival, lines: ArrivedLines, fold: SampleFold): EmfErrors => {
  let parsing = 0
  let validation = 0
  for (const [index, message] of arrival.messages.entries()) {
    if (!message.includes('"_aws"')) continue
    const result = parseEmf(lines.at(index), arrival.ingestedAt)
    if (result === undefined) continue
    for (const sample of result.samples) fold.add(sample)
    parsing += result.parsingErrors
    validation += result.validationErrors
  }
  return { parsing, validation }
}
