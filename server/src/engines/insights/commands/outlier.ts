import { and, boundNumber, call, callWith, choose, constant, NULL, or, window, type Expression } from '../../../sql/expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { asNumber, numberValue, stringValue } from '../values.ts'
import { command } from './insights-command.ts'

interface OutlierTree {
  readonly action: 'transform' | 'remove'
  readonly factor: number
  readonly lower: boolean
  readonly mark: boolean
  readonly fields: readonly FieldNode[]
}

export const outlier = command<OutlierTree>({
  name: 'outlier',
  syntax: 'outlier [action=transform | remove] [param=2.5] [uselower=false] [mark=false] field …',
  text: 'Brings numbers that lie further than `param` interquartile ranges above the upper quartile (with `uselower` also below the lower one) back to that bound, or removes them. With `mark`, `000` stands before what was brought back.',
  parse: cursor => {
    const options = { action: 'transform', param: '2.5', uselower: 'false', mark: 'false' }
    while (isOption(cursor, options)) {
      const name = cursor.take().text.toLowerCase() as keyof typeof options
      cursor.expectSign('=')
      const value = cursor.peek().text.toLowerCase()
      if (!ALLOWED[name].test(value)) throw cursor.unexpected(`a value of '${name}'`)
      cursor.take()
      options[name] = value
    }
    const fields = [parseField(cursor)]
    while (cursor.acceptSign(',') || ['name', 'quoted'].includes(cursor.peek().kind)) fields.push(parseField(cursor))
    return { action: options.action === 'remove' ? 'remove' : 'transform', factor: Number(options.param), lower: isTrue(options.uselower), mark: isTrue(options.mark), fields }
  },
  apply: ({ action, factor, lower, mark, fields }, planner) => {
    fields.forEach((field, index) =>
      planner.putOverRows(field.name, () => {
        const number = planner.rows.level.define(asNumber(planner.bind(field)))
        const quartile = (level: number): Expression => window(callWith('quantileExactInclusive', [constant(level)], number), [], 'all')
        const range = call('minus', quartile(0.75), quartile(0.25))
        const upper = call('plus', quartile(0.75), call('multiply', range, boundNumber(factor)))
        const least = call('minus', quartile(0.25), call('multiply', range, boundNumber(factor)))
        const isAbove = call('greater', number, upper)
        const isBelow = lower ? call('less', number, least) : constant(0)
        if (action === 'remove') return numberValue(choose([[or(isAbove, isBelow), NULL]], number))
        const within = choose([[isAbove, upper], [and(isBelow), least]], number)
        if (!mark) return numberValue(within)
        return stringValue(choose([[or(isAbove, isBelow), call('concat', constant('000'), call('toString', within))]], call('toString', number)))
      }, index === fields.length - 1, false))
  },
})

const ALLOWED = { action: /^(?:transform|remove)$/, param: /^[0-9]+(?:\.[0-9]+)?$/, uselower: /^(?:true|false|t|f)$/, mark: /^(?:true|false|t|f)$/ } as const
const isTrue = (word: string): boolean => word.startsWith('t')
const isOption = (cursor: QueryCursor, options: object): boolean =>
  cursor.peek().kind === 'name' && Object.hasOwn(options, cursor.peek().text.toLowerCase()) && cursor.peekSecond().text === '='
