import { parse } from 'csv-parse/sync'
import { add, type Fields, isFields, read, type TransformedEvent } from './fields.ts'

/** Changes the fields of an event; false: it cannot be transformed. */
export type Processor = (fields: Fields, event: TransformedEvent) => boolean | void

interface Source {
  readonly source?: string | undefined
}
interface SourceAndDestination extends Source {
  readonly destination?: string | undefined
}

/** The text that a parser reads; undefined where there is none. */
export const textAt = (fields: Fields, event: TransformedEvent, source = '@message'): string | undefined => {
  const value = source === '@message' ? event.message : read(fields, source)
  return typeof value === 'string' ? value : undefined
}

export const parseJson = ({ source, destination }: SourceAndDestination): Processor => (fields, event) => {
  const value = jsonOf(textAt(fields, event, source))
  if (!isFields(value)) return false
  add(fields, value, destination, true)
  return true
}

export const jsonOf = (text: string | undefined): unknown => {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // It is no JSON: the event stays as it came.
    return undefined
  }
}

export interface Csv extends SourceAndDestination {
  readonly quoteCharacter?: string | undefined
  readonly delimiter?: string | undefined
  readonly columns?: readonly string[] | undefined
}

export const csv = ({ source, destination, quoteCharacter = '"', delimiter = ',', columns = [] }: Csv): Processor => (fields, event) => {
  const text = textAt(fields, event, source)
  if (text === undefined) return false
  const values = rowOf(text, delimiter === '\\t' ? '\t' : delimiter, quoteCharacter)
  if (values === undefined) return false
  add(fields, Object.fromEntries(values.map((value, index) => [columns[index] ?? `column_${index + 1}`, value])), destination, true)
  return true
}

const rowOf = (text: string, delimiter: string, quote: string): readonly string[] | undefined => {
  try {
    const [row = []] = parse(text, { delimiter, quote, relax_quotes: true, relax_column_count: true, to: 1 }) as string[][]
    return row
  } catch {
    // A quote is not closed: it is no CSV, and the event stays as it came.
    return undefined
  }
}

export interface KeyValue extends SourceAndDestination {
  readonly fieldDelimiter?: string | undefined
  readonly keyValueDelimiter?: string | undefined
  readonly keyPrefix?: string | undefined
  readonly nonMatchValue?: string | undefined
  readonly overwriteIfExists?: boolean | undefined
}

export const parseKeyValue = (options: KeyValue): Processor => (fields, event) => {
  const { source, destination, fieldDelimiter = '&', keyValueDelimiter = '=', keyPrefix = '', nonMatchValue, overwriteIfExists = false } = options
  const text = textAt(fields, event, source)
  if (text === undefined) return false
  const found: Fields = {}
  for (const part of text.split(fieldDelimiter)) {
    const at = part.indexOf(keyValueDelimiter)
    if (at > 0) found[`${keyPrefix}${part.slice(0, at)}`] = part.slice(at + keyValueDelimiter.length)
    else if (nonMatchValue !== undefined && part !== '') found[`${keyPrefix}${part}`] = nonMatchValue
  }
  add(fields, found, destination, overwriteIfExists)
  return true
}
