import type { LogArrival } from '../../model/log.ts'
import type { OnceMark } from '../../model/once-mark.ts'

/** Undefined for events that are told of once. */
export const markOf = ({ claimed, firstSeq }: LogArrival, what: string): OnceMark | undefined => (claimed === true ? { firstSeq, what } : undefined)
