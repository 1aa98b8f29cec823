import { MAX_DEPTH, Mismatch, tooDeep } from '../mismatch.ts'
import { readUtf8 } from '../utf8.ts'

/** `A.member.1.B=x` as a tree: one level per dot. */
export interface FormNode {
  value: string | undefined
  children: Map<string, FormNode> | undefined
}

/**
 * The largest legal PutMetricData (1000 datums with 150 values and counts each) takes some 400,000 pairs. A branch
 * costs a hundred times the two bytes that ask for it, so those are counted too.
 */
const MAX_PAIRS = 500_000
const MAX_BRANCHES = 200_000

/** Both the query string and the body of a form are read; a key may stand only once. */
export const readForm = (query: string, body: Uint8Array): FormNode => {
  const text = readUtf8(body)
  if (text === undefined) throw new Mismatch('Invalid UTF-8')
  if (pairsIn(query) + pairsIn(text) > MAX_PAIRS) throw new Mismatch(`More than ${MAX_PAIRS} parameters`)
  const form: Form = { root: { value: undefined, children: undefined }, branches: 0 }
  addPairs(form, query)
  addPairs(form, text)
  return form.root
}

interface Form {
  readonly root: FormNode
  branches: number
}

/** The decoded value of one top-level key, without building the tree. */
export const formValue = (form: string, key: string): string | undefined => {
  const marker = `${key}=`
  const at = form.startsWith(marker) ? 0 : form.indexOf(`&${marker}`) + 1
  if (at === 0 && !form.startsWith(marker)) return undefined
  const end = form.indexOf('&', at)
  return decode(form.slice(at + marker.length, end === -1 ? undefined : end))
}

/** Counted before anything is built, up to where it is too many anyway. */
const pairsIn = (text: string): number => {
  let count = 1
  for (let at = text.indexOf('&'); at !== -1 && count <= MAX_PAIRS; at = text.indexOf('&', at + 1)) count++
  return count
}

const addPairs = (form: Form, text: string): void => {
  let start = 0
  while (start < text.length) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    if (end > start) addPair(form, text.slice(start, end))
    start = end + 1
  }
}

const addPair = (form: Form, pair: string): void => {
  const equals = pair.indexOf('=')
  const key = decode(equals === -1 ? pair : pair.slice(0, equals))
  const value = equals === -1 ? '' : decode(pair.slice(equals + 1))
  if (key === undefined || value === undefined) throw new Mismatch('Malformed percent-encoding')
  const node = descend(form, key)
  if (node.value !== undefined) throw new Mismatch(`Duplicate key ${key.slice(0, 256)}`)
  node.value = value
}

const descend = (form: Form, key: string): FormNode => {
  let node = form.root
  let start = 0
  for (let depth = 0; start <= key.length; depth++) {
    if (depth > MAX_DEPTH) throw tooDeep()
    const dot = key.indexOf('.', start)
    const end = dot === -1 ? key.length : dot
    const step = key.slice(start, end)
    if (node.children === undefined) {
      if (++form.branches > MAX_BRANCHES) throw new Mismatch('Too many nested parameters')
      node.children = new Map()
    }
    let child = node.children.get(step)
    if (child === undefined) {
      child = { value: undefined, children: undefined }
      node.children.set(step, child)
    }
    node = child
    start = end + 1
  }
  return node
}

/** Undefined where the percent-encoding is broken or does not give UTF-8. */
const decode = (text: string): string | undefined => {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return undefined
  }
}
