import type { ParameterValue } from './engine-call.ts'

/** A value as ClickHouse's HTTP interface takes it: escaped as in tab-separated text, texts in lists between quotes. */
export const parameterText = (value: ParameterValue): string => {
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'object') return `[${value.map(item => (typeof item === 'string' ? `'${escaped(item)}'` : number(item))).join(',')}]`
  return number(value)
}

const number = (value: number | bigint): string => (value === Infinity ? '+inf' : value === -Infinity ? '-inf' : Number.isNaN(value) ? 'nan' : String(value))

const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\'': '\\\'', '\\': '\\\\' }

const escaped = (text: string): string => text.replaceAll(/[\t\n\r'\\]/g, character => ESCAPES[character]!)
