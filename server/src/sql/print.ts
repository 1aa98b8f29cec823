import type { Call, Expression, Ordering, Output, ParameterType, ParameterValue, Select, Source, Statement } from './expression.ts'

export interface PrintedSql {
  readonly sql: string
  /** By the names of the statement's `{name:Type}` placeholders. */
  readonly parameters: Readonly<Record<string, ParameterValue>>
}

/** The text of a statement, its parameters numbered `p1`, `p2` … as they first appear; equal ones share a number. */
export const printStatement = (statement: Statement): PrintedSql => {
  const printer = new Printer()
  return { sql: printer.statement(statement, ''), parameters: printer.parameters }
}

export const printExpression = (expression: Expression): PrintedSql => {
  const printer = new Printer()
  return { sql: printer.expression(expression), parameters: printer.parameters }
}

const INFIX: Readonly<Record<string, string>> = {
  and: 'AND',
  or: 'OR',
  equals: '=',
  notEquals: '!=',
  less: '<',
  lessOrEquals: '<=',
  greater: '>',
  greaterOrEquals: '>=',
  plus: '+',
  minus: '-',
  multiply: '*',
  divide: '/',
  in: 'IN',
}

class Printer {
  readonly parameters: Record<string, ParameterValue> = {}
  readonly #names = new Map<string, string>()

  statement(statement: Statement, indent: string): string {
    if (statement.kind === 'union') return statement.all.map(select => this.#select(select, indent)).join(`\n${indent}UNION ALL\n${indent}`)
    return this.#select(statement, indent)
  }

  expression(expression: Expression): string {
    switch (expression.kind) {
      case 'column':
        return expression.of === undefined ? named(expression.name) : `${named(expression.of)}.${named(expression.name)}`
      case 'parameter':
        return this.#parameter(expression.type, expression.value)
      case 'constant':
        return constantText(expression.value)
      case 'call':
        return this.#call(expression)
      case 'lambda':
        return `(${expression.names.join(', ')}) -> ${this.expression(expression.body)}`
      case 'list':
        return `[${this.#separated(expression.items)}]`
      case 'subquery':
        return `(\n  ${this.statement(expression.statement, '  ')}\n)`
      case 'window': {
        const parts = [
          expression.partition.length === 0 ? [] : [`PARTITION BY ${this.#separated(expression.partition)}`],
          expression.order.length === 0 ? [] : [`ORDER BY ${this.#orderings(expression.order)}`],
          [`ROWS BETWEEN UNBOUNDED PRECEDING AND ${expression.rows === 'all' ? 'UNBOUNDED FOLLOWING' : 'CURRENT ROW'}`],
        ].flat()
        return `${this.#call(expression.of)} OVER (${parts.join(' ')})`
      }
    }
  }

  #select(select: Select, indent: string): string {
    const lines = [
      ...(select.definitions === undefined || select.definitions.length === 0 ? [] : [`WITH ${this.#definitions(select.definitions, indent)}`]),
      `SELECT ${select.columns.map(output => this.#output(output)).join(', ')}`,
      ...(select.from === undefined ? [] : [`FROM ${this.#source(select.from, indent)}`]),
      ...(select.unnest === undefined ? [] : [`ARRAY JOIN ${select.unnest.map(output => this.#output(output)).join(', ')}`]),
      ...(select.where === undefined ? [] : [`WHERE ${this.expression(select.where)}`]),
      ...(select.groupBy === undefined || select.groupBy.length === 0 ? [] : [`GROUP BY ${this.#separated(select.groupBy)}`]),
      ...(select.having === undefined ? [] : [`HAVING ${this.expression(select.having)}`]),
      ...(select.orderBy === undefined || select.orderBy.length === 0 ? [] : [`ORDER BY ${this.#orderings(select.orderBy)}`]),
      ...(select.limitBy === undefined ? [] : [`LIMIT ${count(select.limitBy.count)} BY ${this.#separated(select.limitBy.by)}`]),
      ...(select.limit === undefined ? [] : [`LIMIT ${count(select.limit)}`]),
    ]
    return lines.join(`\n${indent}`)
  }

  #definitions(definitions: readonly Output[], indent: string): string {
    return definitions.map(({ name, of }) => `${this.expression(of)} AS ${named(name)}`).join(`,\n${indent}  `)
  }

  #source(source: Source, indent: string): string {
    const as = source.kind === 'join' || source.name === undefined ? '' : ` AS ${named(source.name)}`
    switch (source.kind) {
      case 'table':
        return `${named(source.table)}${as}`
      case 'select': {
        const inner = `${indent}  `
        return `(\n${inner}${this.statement(source.select, inner)}\n${indent})${as}`
      }
      case 'join': {
        const how = source.how === 'inner' ? 'INNER JOIN' : 'LEFT JOIN'
        return `${this.#source(source.left, indent)}\n${indent}${how} ${this.#source(source.right, indent)}\n${indent}ON ${this.expression(source.on)}`
      }
    }
  }

  #output({ name, of }: Output): string {
    const text = this.expression(of)
    return text === named(name) ? text : `${text} AS ${named(name)}`
  }

  #call({ name, arguments: args, settings }: Call): string {
    const infix = settings.length === 0 ? INFIX[name] : undefined
    if (infix !== undefined && args.length >= 2) return `(${args.map(arg => this.expression(arg)).join(` ${infix} `)})`
    return `${name}${settings.length === 0 ? '' : `(${this.#separated(settings)})`}(${this.#separated(args)})`
  }

  #orderings(orderings: readonly Ordering[]): string {
    return orderings
      .map(({ by, descending, nulls }) => {
        const direction = descending === true ? ' DESC' : ''
        return `${this.expression(by)}${direction}${nulls === undefined ? '' : ` NULLS ${nulls.toUpperCase()}`}`
      })
      .join(', ')
  }

  #separated(expressions: readonly Expression[]): string {
    return expressions.map(one => this.expression(one)).join(', ')
  }

  #parameter(type: ParameterType, value: ParameterValue): string {
    const key = JSON.stringify([type, Array.isArray(value) ? value.map(String) : String(value)])
    const name = this.#names.get(key) ?? `p${this.#names.size + 1}`
    this.#names.set(key, name)
    this.parameters[name] = value
    return `{${name}:${type}}`
  }
}

/** Names are plain (see `expression.ts`), so quotes are for words of SQL itself. */
const named = (name: string): string => (/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) && !RESERVED.has(name) ? name : `\`${name}\``)
const RESERVED: ReadonlySet<string> = new Set(['all', 'and', 'as', 'by', 'from', 'in', 'is', 'join', 'left', 'limit', 'not', 'null', 'on', 'or', 'right', 'select', 'union', 'where'])

const constantText = (value: number | string | null): string => {
  if (value === null) return 'NULL'
  return typeof value === 'number' ? String(value) : `'${value}'`
}

const count = (value: number): string => {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`not a count: ${value}`)
  return String(value)
}
