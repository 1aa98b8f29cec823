/** A field of a line's JSON, by the name that queries give it: members with dots, items of lists by their index. */
export interface LineField {
  readonly name: string
  readonly value: string | number | boolean | null
}

const MOST_FIELDS = 200

/** The JSON object that a line is; undefined for any other text. */
export const jsonIn = (message: string): object | undefined => {
  if (!/^\s*[{[]/.test(message)) return undefined
  try {
    const value: unknown = JSON.parse(message, exactly)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** What browsers of the last years have; TypeScript does not know it yet. */
const { rawJSON, isRawJSON } = JSON as { readonly rawJSON?: (text: string) => object; readonly isRawJSON?: (value: object) => value is { readonly rawJSON: string } }

/** A number of more digits than JavaScript keeps, an id mostly, stays as the line has it. */
const exactly = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const text = context?.source ?? ''
  return typeof value === 'number' && /^-?\d{16,}$/.test(text) && String(value) !== text && rawJSON !== undefined ? rawJSON(text) : value
}

export const fieldsOf = (value: object): readonly LineField[] => {
  const found: LineField[] = []
  const walk = (inside: object, path: string): void => {
    for (const [key, each] of Object.entries(inside) as [string, unknown][]) {
      if (found.length >= MOST_FIELDS) return
      const name = path === '' ? key : `${path}.${key}`
      if (typeof each === 'object' && each !== null && isRawJSON?.(each) === true) found.push({ name, value: each.rawJSON })
      else if (typeof each === 'object' && each !== null) walk(each, name)
      else found.push({ name, value: each as LineField['value'] })
    }
  }
  walk(value, '')
  return found
}

/** A filter pattern for every line that carries a value: a text wherever it stands, a number where it stands here. */
export const patternFor = ({ name, value }: LineField): string =>
  typeof value === 'string' ? quotedTerm(value) : `{ $.${name} = ${String(value)} }`

const quotedTerm = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** A field's name as a query has it. */
export const fieldInQuery = (name: string): string => (/^@?[A-Za-z_]\w*(?:\.\w+)*$/.test(name) ? name : `\`${name}\``)

/** A query for every line that carries a value, oldest first: what happened to one request. A text counts wherever it stands. */
export const queryFor = (name: string, value: string): string => {
  const named = fieldInQuery(name)
  const exact = name.startsWith('@') || value === 'true' || value === 'false' || (value !== '' && Number.isFinite(Number(value)))
  const text = quotedTerm(value)
  const condition = !exact ? `@message like ${text}` : name.startsWith('@') ? `${named} = ${text}` : `${named} = ${value}`
  return `fields @timestamp, @logStream, @message\n| filter ${condition}\n| sort @timestamp asc`
}

export type Level = 'error' | 'warning'

const ERROR = /\b(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC)\b|\b\w*Exception\b|Traceback/
const WARNING = /\bWARN(?:ING)?\b/
const LEVEL_MEMBER = /"(?:level|severity|levelname|loglevel|lvl)"\s*:\s*"([a-z]+)"/i

/** How loud a line is: by its own level where it names one, or else by its words. */
export const levelOf = (message: string): Level | undefined => {
  const head = message.slice(0, 2000)
  const named = LEVEL_MEMBER.exec(head)?.[1]?.toUpperCase()
  const text = named ?? head
  return ERROR.test(text) || named === 'ERR' ? 'error' : WARNING.test(text) ? 'warning' : undefined
}
