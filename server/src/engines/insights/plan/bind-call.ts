import type { BindContext, InsightsFunction, Parameter } from '../functions/insights-function.ts'
import { aggregateNamed, functionNamed } from '../functions/registry.ts'
import type { CallNode, ExpressionNode } from '../grammar/query-tree.ts'
import type { Value } from '../values.ts'
import { enginePattern } from './regex.ts'

type BindArguments = (nodes: readonly ExpressionNode[]) => readonly Value[]

/** A call of a function of rows. */
export const bindCall = (node: CallNode, bindArguments: BindArguments, context: BindContext): Value => {
  const called = functionNamed(node.name)
  if (called === undefined) {
    if (aggregateNamed(node.name) !== undefined) return context.refuse(`The aggregation function '${node.name}' can only be used in stats`)
    return context.refuse(`Unknown function '${node.name}'`)
  }
  return bindTo(called, node, bindArguments, context)
}

/** A call of this function; checks what its parameters say. */
export const bindTo = (called: InsightsFunction, node: CallNode, bindArguments: BindArguments, context: BindContext): Value => {
  checkCount(called, node, context)
  const args = bindArguments(node.arguments)
  args.forEach((arg, index) => {
    const parameter = called.parameters[Math.min(index, called.parameters.length - 1)]!
    checkArgument(called, parameter, arg, context)
  })
  return called.bind(args, context)
}

const COUNTS: ReadonlySet<string> = new Set(['count', 'countOverTime'])

const checkCount = ({ name, parameters }: InsightsFunction, { arguments: args, star }: CallNode, context: BindContext): void => {
  if (star && !COUNTS.has(name)) context.refuse(`The function '${name}' cannot take '*'`)
  const least = parameters.filter(parameter => parameter.optional === undefined).length
  const most = parameters.at(-1)?.repeated === true ? Infinity : parameters.length
  if (args.length >= least && args.length <= most) return
  const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`
  context.refuse(`The function '${name}' takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${args.length}`)
}

const checkArgument = ({ name }: InsightsFunction, parameter: Parameter, arg: Value, context: BindContext): void => {
  if ((parameter.takes === 'period') !== (arg.period !== undefined)) {
    const wanted = parameter.takes === 'period' ? 'a period such as 5m' : 'no period'
    context.refuse(`The argument '${parameter.name}' of '${name}' must be ${wanted}`)
  }
  if ((parameter.constant === true || parameter.takes === 'regex') && arg.constant === undefined) {
    context.refuse(`The argument '${parameter.name}' of '${name}' must be a literal`)
  }
  if (parameter.takes === 'regex') {
    const pattern = enginePattern(String(arg.constant))
    if (typeof pattern !== 'string') context.refuse(`Invalid regular expression: ${pattern.problem}`)
  }
}
