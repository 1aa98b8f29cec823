import type { LogArrival } from '../../model/log.ts'
import type { OnceMark } from '../../model/once-mark.ts'

/** Undefined for events that are told of once. */
export const markOf = ({ claimed }: LogArrival, what: string): OnceMark | undefined =>
  claimed && { firstSeq: claimed.firstSeq, what: claimed.what === '' ? what : `${claimed.what}/${what}` }
