import { isObject } from '../../base/is-object.ts'
import type { DashboardBody, DashboardVariable, DashboardWidget } from '../../model/dashboard.ts'
import { writtenOut } from './expand-metrics.ts'

type VariableValue = string | number | boolean
type Rewrite = (value: unknown) => unknown

/**
 * The dashboard with its variables set: to what was chosen (by the variables' ids), else to their defaults; a variable with
 * neither changes nothing. A property variable sets every JSON property and every dimension of its name, a pattern variable
 * replaces its text wherever it stands in a text. Search expressions are texts, so only patterns reach into them.
 */
export const applyVariables = (body: DashboardBody, chosen: Readonly<Record<string, VariableValue>>): DashboardBody => {
  let widgets: unknown = body.widgets
  for (const variable of body.variables ?? []) {
    const value = Object.hasOwn(chosen, variable.id) ? chosen[variable.id] : presetOf(variable)
    if (value !== undefined) widgets = rewriteOf(variable, value)(widgets)
  }
  return { ...body, widgets: widgets as readonly DashboardWidget[] }
}

/** Whoever fills the list knows what comes first in it. */
const FIRST = '__FIRST'

const presetOf = ({ defaultValue }: DashboardVariable): VariableValue | undefined => (defaultValue === FIRST ? undefined : defaultValue)

const rewriteOf = ({ type, property = '', pattern = '' }: DashboardVariable, value: VariableValue): Rewrite => {
  if (type === 'property') return tree => setProperty(tree, property, value, 0)
  return pattern === '' ? tree => tree : tree => replaceText(tree, pattern, String(value), 0)
}

/** Free-form properties may nest as they like; what lies deeper than anything that is drawn stays as it is. */
const DEEPEST = 64

const setProperty = (tree: unknown, name: string, value: VariableValue, depth: number): unknown => {
  if (depth === DEEPEST) return tree
  if (Array.isArray(tree)) return tree.map(element => setProperty(element, name, value, depth + 1))
  if (!isObject(tree)) return tree
  return mapped(tree, (key, member) => {
    if (key === name && !isCompound(member)) return value
    const inside = setProperty(member, name, value, depth + 1)
    return key === 'metrics' && Array.isArray(inside) ? setDimension(inside, name, String(value)) : inside
  })
}

const setDimension = (items: readonly unknown[], name: string, value: string): readonly unknown[] => {
  let before: readonly string[] = []
  return items.map(item => {
    if (!Array.isArray(item)) return item as unknown
    const texts = item.filter(element => typeof element === 'string')
    const written = writtenOut(texts, before)
    if (texts.length === 0 || written === undefined) return item
    before = written
    const place = written.findIndex((text, at) => at >= 2 && at % 2 === 0 && text === name) + 1
    if (place === 0) return item
    // After `...` an element keeps its distance to the end.
    const gap = texts.indexOf('...')
    const own = gap < 0 || place < gap ? place : place - (written.length - texts.length)
    if (own <= gap && gap >= 0 && place >= gap) return item
    return item.map((element: unknown, at) => (at === own && typeof element === 'string' && element !== '.' ? value : element))
  })
}

const replaceText = (tree: unknown, pattern: string, value: string, depth: number): unknown => {
  if (typeof tree === 'string') return tree.replaceAll(pattern, () => value)
  if (typeof tree === 'number' && String(tree) === pattern && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  if (depth === DEEPEST) return tree
  if (Array.isArray(tree)) return tree.map(element => replaceText(element, pattern, value, depth + 1))
  return isObject(tree) ? mapped(tree, (_key, member) => replaceText(member, pattern, value, depth + 1)) : tree
}

const mapped = (tree: Readonly<Record<string, unknown>>, change: (key: string, member: unknown) => unknown): object =>
  Object.fromEntries(Object.entries(tree).map(([key, member]) => [key, change(key, member)]))

const isCompound = (value: unknown): boolean => typeof value === 'object' && value !== null
