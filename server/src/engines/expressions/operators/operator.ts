import type { Example } from '../example.ts'
import type { BinarySymbol } from '../grammar/syntax.ts'

/** What a file of this folder exports: operators of one kind, with their help. */
export interface OperatorFamily {
  readonly name: string
  readonly doc: string
  readonly examples: readonly Example[]
  /** Of two finite numbers; what is not finite is no datapoint. */
  readonly operators: Readonly<Partial<Record<BinarySymbol, (a: number, b: number) => number>>>
}
