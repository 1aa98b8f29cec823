import type { CallNode, ExpressionNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'

export const refusal = (message: string, { start, end }: Span): InsightsProblem => new InsightsProblem(message, start, end)

export const callOf = (name: string, args: readonly ExpressionNode[], { start, end }: Span): CallNode => ({ kind: 'call', name, arguments: args, star: false, start, end })

export const literalOf = (value: string | number | boolean, { start, end }: Span): ExpressionNode => ({ kind: 'literal', value, start, end })

export const falsehood = (at: Span): ExpressionNode => literalOf(false, at)

/** A value that is missing. */
export const nothing = (at: Span): ExpressionNode => callOf('case', [falsehood(at), literalOf('', at)], at)
