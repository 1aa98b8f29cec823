/** A URI pattern of the http trait, e.g. `/v1/things/{Name}/parts/{Key+}`, ready to be matched. */
export interface Route {
  readonly method: string
  /** Fixed characters in the pattern: of two patterns that match, the one with more of them is meant. */
  readonly literal: number
  /** The labels' values, decoded; undefined where the path is another one. `prefixed` allows anything in front. */
  match(path: string, prefixed: boolean): Readonly<Record<string, string>> | undefined
}

type Http = readonly [method: string, uri: string, status: number]

const routes = new WeakMap<Http, Route>()

export const routeOf = (http: Http): Route => {
  const known = routes.get(http)
  if (known !== undefined) return known
  const route = compile(http)
  routes.set(http, route)
  return route
}

const compile = ([method, uri]: Http): Route => {
  const pattern = uri.split('?', 1)[0] ?? ''
  const names: string[] = []
  const source = pattern
    .split(/(\{[^}]+\})/)
    .map(part => {
      if (!part.startsWith('{')) return RegExp.escape(part)
      const greedy = part.endsWith('+}')
      names.push(part.slice(1, greedy ? -2 : -1))
      return greedy ? '(.+)' : '([^/]+)'
    })
    .join('')
  const whole = new RegExp(`^${source}/?$`)
  const tail = new RegExp(`${source}/?$`)
  return {
    method,
    literal: pattern.replaceAll(/\{[^}]+\}/g, '').length,
    match(path, prefixed) {
      const found = (prefixed ? tail : whole).exec(path)
      if (found === null) return undefined
      try {
        return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
      } catch {
        return undefined
      }
    },
  }
}
