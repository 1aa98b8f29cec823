const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/**
 * Where a JSON pointer's value stands in a JSON text, as [start, end) of its characters; of a value that is not there, the
 * place of what it should be in.
 */
export const placeInText = (text: string, pointer: string): readonly [number, number] => {
  const wanted = pointer.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const open: { readonly list: boolean; readonly on: boolean; readonly start: number; key: string; index: number }[] = []
  let best: { depth: number; place: readonly [number, number] } = { depth: -1, place: [0, 0] }
  const found = (depth: number, start: number, end: number): void => {
    if (depth > best.depth) best = { depth, place: [start, end] }
  }
  for (const { 0: token, index: at } of text.matchAll(TOKEN)) {
    const parent = open.at(-1)
    const depth = open.length
    // Whether the way to here is the way that is looked for.
    const on = parent === undefined || (parent.on && (parent.list ? String(parent.index) : parent.key) === wanted[depth - 1])
    if (token === '{' || token === '[') {
      open.push({ list: token === '[', on, start: at, key: '', index: 0 })
      if (on) found(depth, at, at + 1)
    } else if (token === '}' || token === ']') {
      const closed = open.pop()
      if (closed?.on === true && best.place[0] === closed.start && open.length === best.depth) best = { ...best, place: [closed.start, at + 1] }
    } else if (token === ',') {
      if (parent !== undefined) [parent.index, parent.key] = [parent.index + 1, '']
    } else if (token !== ':') {
      const name = parent !== undefined && !parent.list && parent.key === '' ? nameIn(token) : undefined
      if (name !== undefined && parent !== undefined) parent.key = name
      else if (on && depth <= wanted.length) found(depth, at, at + token.length)
    }
  }
  return best.place
}

const nameIn = (token: string): string | undefined => {
  try {
    const name: unknown = JSON.parse(token)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined
  }
}
