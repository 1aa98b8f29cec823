import { and, call, cast, constant, NULL, window, type Expression, type Ordering, type Source } from '../../../sql/expression.ts'
import { anyValue, jsonValue, type Value } from '../values.ts'
import { jsonAt } from './json-access.ts'
import { Level, type ColumnNames } from './level.ts'
import { shownFields, type ShownField } from './shown-fields.ts'
import type { Fields } from '../fields.ts'

/** Raw events, or what stats and the like made of them. */
export type RowKind = 'events' | 'groups'

/** How a name is found: among what commands named, then among the fields of events. */
interface Scope {
  named(name: string): Value | undefined
  system(name: string): Value | undefined
  discovered(path: readonly string[]): Value
  /** A field of events, read by other means. */
  otherwise(path: readonly string[], fields: Fields): Value | undefined
}

/** So heavy may a definition be before the level it stands in ends: others that use it would write it out again. */
const WEIGHT_LIMIT = 400
/** So many statements may lie within each other. */
const LEVEL_LIMIT = 40
const NOTHING: Value = anyValue(cast(NULL, 'Nullable(String)'))

/** The rows a query has made so far: the innermost SELECTs are done, one still grows. Commands change it one after the other. */
export class Rows {
  readonly names: ColumnNames
  #level: Level
  #scope: Scope
  #own = new Map<string, Value>()
  #heavy = false
  #levels = 1
  /** The level whose events became groups, and the one around it. */
  #folded: { readonly inner: Level; readonly outer: Level } | undefined
  kind: RowKind
  /** Whether an `@` name that these rows have not is refused, as after stats; else it is missing. */
  #strict = true
  /** The order rows are in. */
  order: readonly Ordering[]
  /** What `fields`, `parse` … show, in order. */
  readonly shown: ShownField[] = []
  /** Whether a `fields` command said what to show. */
  chosen = false
  /** What events show where none did. */
  unchosen: readonly ShownField[] = ['@timestamp', '@message'].map(name => ({ name, path: [name] }))
  /** What the last `display` shows instead. */
  displayed: readonly ShownField[] | undefined
  /** Whether results show what was asked for and nothing else: no `@ptr` of the event. */
  alone = false

  private constructor(level: Level, scope: Scope, kind: RowKind, order: readonly Ordering[], names: ColumnNames) {
    this.names = names
    this.#level = level
    this.#scope = scope
    this.kind = kind
    this.order = order
  }

  /** Events of a table, the newest first; `order` says how that is told. */
  static events(from: Source, fields: Fields, order: readonly Ordering[], names: ColumnNames): Rows {
    const level = new Level(() => from, names)
    const known = new Map<string, Value>()
    const scope: Scope = {
      named: () => undefined,
      system: name => fields.system(name),
      discovered: path => remembered(known, JSON.stringify(path), () => defined(level, fields.discovered(path))),
      otherwise: (path, other) => defined(level, other.system(path.join('.')) ?? other.discovered(path)),
    }
    return new Rows(level, scope, 'events', order, names)
  }

  /** Rows that a statement of the compiler's own gives, all of them named. */
  static made(level: Level, fields: readonly (readonly [name: string, value: Value])[], order: readonly Ordering[], names: ColumnNames): Rows {
    const rows = new Rows(level, NO_FIELDS, 'groups', order, names)
    rows.#strict = false
    for (const [name, value] of fields) {
      rows.put(name, value)
      rows.show({ name, path: [name] })
    }
    return rows
  }

  /** Every row of the left with every row of the right whose keys are equal; fields are `left.f` and `right.f`, plain names the left's. */
  static joined(left: JoinSide, right: JoinSide, how: 'inner' | 'left', names: ColumnNames, keysOf: JoinKeys): Rows {
    const [a, b] = [left.rows, right.rows]
    a.wrap()
    b.wrap(true)
    // The levels within give their columns to the join, so each of the two is done.
    const inner = { left: a.#level, right: b.#level }
    const on = keysOf(a, b).map(([ofLeft, ofRight]) => call('equals', inner.left.output(ofLeft), inner.right.output(ofRight)))
    const level = new Level(() => ({ kind: 'join', how, left: inner.left.source('l'), right: inner.right.source('r'), on: and(...on) }), names)
    const side = (name: string): { readonly rows: Rows; readonly level: Level } | undefined =>
      name === left.name ? { rows: a, level: inner.left } : name === right.name ? { rows: b, level: inner.right } : undefined
    const nullables = new Map<Expression, Expression>()
    const nullable = (sql: Expression): Expression => remembered(nullables, sql, () => call('toNullable', sql))
    const find = (path: readonly string[]): Value | undefined => {
      const named = path.length > 1 ? side(path[0]!) : undefined
      if (named === undefined) return undefined
      const value = named.rows.field(path.slice(1))
      if (value === undefined) return undefined
      // Where the right has no row, what it gives must be able to be nothing.
      return mapped(value, sql => carriedSql(named.level === inner.right && !isPlainValue(sql) ? nullable(sql) : sql, named.level))
    }
    const scope: Scope = {
      named: name => {
        const value = a.named(name)
        return value === undefined ? find(name.split('.')) : carried(value, inner.left)
      },
      system: name => {
        const value = a.system(name)
        return value === undefined ? undefined : carried(value, inner.left)
      },
      discovered: path => find(path) ?? carried(a.#scope.discovered(path), inner.left),
      otherwise: (path, other) => {
        const value = a.unmasked(path, other)
        return value === undefined ? undefined : carried(value, inner.left)
      },
    }
    const rows = new Rows(level, scope, a.kind, a.order.map(one => ({ ...one, by: carriedSql(one.by, inner.left) })), names)
    rows.#levels = a.#levels + b.#levels
    rows.#strict = a.#strict
    rows.shown.push(...a.shown)
    rows.chosen = a.chosen
    // As AWS: a row of the join begins with `left.@timestamp`, `left.@message`.
    const named = (name: string, shown: readonly ShownField[]): readonly ShownField[] => shown.map(field => ({ name: `${name}.${field.name}`, path: [name, ...field.path] }))
    rows.unchosen = [...named(left.name, a.unchosen), ...named(right.name, shownFields(b))]
    return rows
  }

  get level(): Level {
    return this.#level
  }

  /** A value by the name that a command gave it. */
  named(name: string): Value | undefined {
    return this.#own.get(name) ?? this.#scope.named(name)
  }

  system(name: string): Value | undefined {
    return this.#scope.system(name)
  }

  /** A field as it is written; undefined: an `@` name that these rows have not. */
  field(path: readonly string[]): Value | undefined {
    const whole = this.named(path.join('.'))
    if (whole !== undefined) return whole
    for (let length = path.length - 1; length > 0; length--) {
      const container = this.named(path.slice(0, length).join('.'))
      if (container?.type === 'json') return memberOf(container, path.slice(length))
    }
    const name = path.join('.')
    const system = this.system(name)
    if (system !== undefined) return system
    if (this.kind === 'groups') return this.#strict && name.startsWith('@') ? undefined : NOTHING
    return this.#scope.discovered(path)
  }

  /** A field of the events as `fields` reads it; undefined: rows are no events. A name that a command gave is no field of them. */
  unmasked(path: readonly string[], fields: Fields): Value | undefined {
    return this.named(path.join('.')) === undefined ? this.#scope.otherwise(path, fields) : undefined
  }

  /** Gives a value a name, instead of what had it before. */
  put(name: string, value: Value): void {
    this.putAll([[name, value]])
  }

  /** Gives values names that were all made of the rows as they are. */
  putAll(named: readonly (readonly [name: string, value: Value])[]): void {
    const level = this.#level
    for (const [name, value] of named) this.#own.set(name, defined(level, value))
    this.#heavy ||= named.some(([, value]) => value.constant === undefined && level.weight(value.sql) > WEIGHT_LIMIT)
  }

  /** Ends a level whose definitions are heavy. Values of before are not of the one around it: nobody may hold any. */
  lighten(): void {
    if (this.#heavy) this.wrap()
  }

  show(field: ShownField): void {
    if (!this.shown.some(one => one.name === field.name)) this.shown.push(field)
  }

  /** Goes on in a level where rows can be left out, ordered or counted; values of before are not of it. */
  open(): void {
    if (this.#level.closed) this.wrap()
  }

  /** The condition must be of this level: {@link open} comes before it is made. */
  filter(condition: Expression): void {
    if (this.#level.closed) throw new Error('a level whose rows are cut off cannot leave out more of them')
    this.#level.filter(condition)
  }

  /** Orders the rows; those that are alike by these keys stay in the order before, or in its reverse where that goes with the keys. */
  sort(keys: readonly Ordering[]): void {
    const isSame = (a: Ordering, b: Ordering): boolean => a.by === b.by || (a.by.kind === 'column' && b.by.kind === 'column' && a.by.name === b.by.name)
    const last = keys.at(-1)
    const turned = this.order.find(one => last !== undefined && isSame(one, last) && (one.descending ?? false) !== (last.descending ?? false)) !== undefined
    const rest = this.order.filter(one => !keys.some(key => isSame(key, one)))
    this.order = [...keys, ...(turned ? rest.map(one => ({ ...one, descending: !(one.descending ?? false) })) : rest)]
  }

  /** Begins a level around this one, which keeps its rows, its names and its order. */
  wrap(renames = false): void {
    const inner = this.#level
    const outer = this.#begin(new Level(inner.source, this.names, renames))
    const scope = this.#scope
    const own = this.#own
    const imported = (value: Value | undefined): Value | undefined => (value === undefined ? undefined : carried(value, inner))
    const known = new Map<string, Value | undefined>()
    const once = (kind: string, key: string, make: () => Value | undefined): Value | undefined => {
      const id = `${kind} ${key}`
      if (!known.has(id)) known.set(id, imported(make()))
      return known.get(id)
    }
    if (inner.closed) inner.orderBy = this.order
    this.order = this.order.map(one => ({ ...one, by: carriedSql(one.by, inner) }))
    this.#scope = {
      named: name => once('named', name, () => own.get(name) ?? scope.named(name)),
      system: name => once('system', name, () => scope.system(name)),
      discovered: path => once('field', JSON.stringify(path), () => scope.discovered(path))!,
      otherwise: (path, fields) => once('unmasked', JSON.stringify(path), () => scope.otherwise(path, fields)),
    }
    this.#own = new Map()
    this.#level = outer
  }

  /** Ends the level as groups: the level around it knows only what `carry` takes along. */
  group(by: readonly Expression[], ofSome = false): { readonly carry: (value: Value) => Value } {
    const inner = this.#level
    inner.group(by, ofSome)
    const outer = this.#begin(new Level(inner.source, this.names))
    if (this.kind === 'events') this.#folded = { inner, outer }
    this.#level = outer
    this.#own = new Map()
    this.#scope = NO_FIELDS
    this.kind = 'groups'
    this.#strict = true
    this.shown.length = 0
    this.displayed = undefined
    this.order = []
    return { carry: value => carried(value, inner) }
  }

  /** From here on rows are what they show and nothing else; they are no events any more. */
  settle(shown: readonly ShownField[]): void {
    this.wrap()
    const values = shown.map(({ name, path }) => [name, this.field(path)!] as const)
    this.#scope = NO_FIELDS
    this.kind = 'groups'
    this.shown.length = 0
    this.displayed = undefined
    this.putAll(values)
    for (const { name } of shown) this.show({ name, path: [name] })
  }

  /** How many rows of that level became these groups, as every one of them can tell; undefined: groups were left out or made anew since. */
  folded(from: Level): Expression | undefined {
    const { inner, outer } = this.#folded ?? {}
    if (inner === undefined || inner !== from || outer !== this.#level || outer.filtered) return undefined
    return window(call('sum', inner.output(call('count'))), [], 'all')
  }

  #begin(level: Level): Level {
    this.#levels++
    this.#heavy = false
    if (this.#levels > LEVEL_LIMIT) throw new TooManySteps()
    return level
  }
}

const NO_FIELDS: Scope = { named: () => undefined, system: () => undefined, discovered: () => NOTHING, otherwise: () => undefined }

/** Pairs of texts, of the left and of the right. */
type JoinKeys = (left: Rows, right: Rows) => readonly (readonly [Expression, Expression])[]

interface JoinSide {
  readonly name: string
  readonly rows: Rows
}

/** Commands that need more statements within each other than the engine should be asked for. */
export class TooManySteps extends Error {}

export const memberOf = (container: Value, path: readonly (string | number)[]): Value =>
  jsonValue(call('nullIf', jsonAt(container.sql, path), constant('')))

const isPlainValue = (of: Expression): boolean => of.kind === 'parameter' || of.kind === 'constant'
const isPlain = (of: Expression): boolean => of.kind === 'column' || isPlainValue(of)

const defined = (level: Level, value: Value): Value => {
  if (isPlain(value.sql) || value.constant !== undefined) return value
  return mapped(value, sql => (isPlain(sql) ? sql : level.define(sql)), value)
}

const carried = (value: Value, from: Level): Value => (value.constant === undefined ? mapped(value, sql => carriedSql(sql, from)) : value)

/** The value with other SQL for each of its forms; what is asked for later only is made later. */
const mapped = (value: Value, map: (sql: Expression) => Expression, tests: Pick<Value, 'stored' | 'hint' | 'among'> = {}): Value => {
  const { type, sql, numeric } = value
  // Each form is asked for once of the value within: through many levels, twice would be many times.
  const number = once(() => value.number, map)
  const json = once(() => value.json, map)
  return {
    type,
    sql: map(sql),
    get number() { return number() },
    get json() { return json() },
    numeric,
    stored: tests.stored,
    hint: tests.hint,
    among: tests.among,
  }
}

const once = (form: () => Expression | undefined, map: (sql: Expression) => Expression): (() => Expression | undefined) => {
  let made: { readonly sql: Expression | undefined } | undefined
  return () => {
    if (made === undefined) {
      const inner = form()
      made = { sql: inner === undefined ? undefined : map(inner) }
    }
    return made.sql
  }
}

/** What needs no row is the same at every level. */
const carriedSql = (of: Expression, from: Level): Expression => (isPlainValue(of) ? of : from.output(of))

const remembered = <Key, Kept>(known: Map<Key, Kept>, key: Key, make: () => Kept): Kept => {
  const before = known.get(key)
  if (before !== undefined) return before
  const made = make()
  known.set(key, made)
  return made
}
