import { javaDouble } from './java-double.ts'

/** A piece of JSON that is already written. */
class Written {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Json = null | boolean | number | string | Written | readonly Json[] | { readonly [member: string]: Json | undefined }

/** A number that CloudWatch keeps as a double: `21.0`. Plain numbers are written as integers are. */
export const double = (value: number): Written => new Written(Number.isFinite(value) ? javaDouble(value) : 'null')

/** An object or array that comes as JSON text, kept as it was written, down to its digits. */
export const written = (text: string): Written => new Written(text)

/** JSON with its members in the order of the literal; undefined ones are left out. */
export const document = (value: Json): string => {
  if (value instanceof Written) return value.text
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(document).join(',')}]`
  let text = ''
  for (const [member, content] of Object.entries(value)) {
    if (content === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(member)}:${document(content)}`
  }
  return `{${text}}`
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value)

/** The first of several ever shorter documents that fits; the last one is the caller's promise that it does. */
export const fitting = (limit: number, ...drafts: readonly (() => string)[]): string => {
  let text = ''
  for (const draft of drafts) {
    text = draft()
    if (text.length <= limit) return text
  }
  return text
}
