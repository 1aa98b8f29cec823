import { MAX_DEPTH, Mismatch, tooDeep } from '../mismatch.ts'
import { readUtf8 } from '../utf8.ts'

/** `A.member.1.B=x` as a tree: one level per dot. */
export interface FormNode {
  value: string | undefined
  children: Map<string, FormNode> | undefined
}

/** Both the query string and the body of a form are read; a key may stand only once. */
export const readForm = (query: string, body: Uint8Array): FormNode => {
  const text = readUtf8(body)
  if (text === undefined) throw new Mismatch('Invalid UTF-8')
  const root: FormNode = { value: undefined, children: undefined }
  addPairs(root, query)
  addPairs(root, text)
  return root
}

/** The decoded value of one top-level key, without building the tree. */
export const formValue = (form: string, key: string): string | undefined => {
  const marker = `${key}=`
  const at = form.startsWith(marker) ? 0 : form.indexOf(`&${marker}`) + 1
  if (at === 0 && !form.startsWith(marker)) return undefined
  const end = form.indexOf('&', at)
  return decode(form.slice(at + marker.length, end === -1 ? undefined : end))
}

const addPairs = (root: FormNode, form: string): void => {
  let start = 0
  while (start < form.length) {
    const ampersand = form.indexOf('&', start)
    const end = ampersand === -1 ? form.length : ampersand
    if (end > start) addPair(root, form.slice(start, end))
    start = end + 1
  }
}

const addPair = (root: FormNode, pair: string): void => {
  const equals = pair.indexOf('=')
  const key = decode(equals === -1 ? pair : pair.slice(0, equals))
  const value = equals === -1 ? '' : decode(pair.slice(equals + 1))
  if (key === undefined || value === undefined) throw new Mismatch('Malformed percent-encoding')
  const node = descend(root, key)
  if (node.value !== undefined) throw new Mismatch(`Duplicate key ${key.slice(0, 256)}`)
  node.value = value
}

const descend = (root: FormNode, key: string): FormNode => {
  let node = root
  let start = 0
  for (let depth = 0; start <= key.length; depth++) {
    if (depth > MAX_DEPTH) throw tooDeep()
    const dot = key.indexOf('.', start)
    const end = dot === -1 ? key.length : dot
    const step = key.slice(start, end)
    node.children ??= new Map()
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
