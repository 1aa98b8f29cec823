import { RE2JS } from 're2js'
import { put, read } from './fields.ts'
import type { Processor } from './parsers.ts'

const each = (keys: readonly string[], change: (text: string, key: string) => unknown): Processor => fields => {
  for (const key of keys) {
    const value = read(fields, key)
    if (typeof value === 'string') put(fields, key, change(value, key), true)
  }
}

export const lowerCase = (withKeys: readonly string[]): Processor => each(withKeys, text => text.toLowerCase())
export const upperCase = (withKeys: readonly string[]): Processor => each(withKeys, text => text.toUpperCase())
export const trim = (withKeys: readonly string[]): Processor => each(withKeys, text => text.trim())

export const splitString = (entries: readonly { readonly source: string; readonly delimiter: string }[]): Processor => fields => {
  for (const { source, delimiter } of entries) {
    const value = read(fields, source)
    if (typeof value === 'string') put(fields, source, value.split(delimiter), true)
  }
}

/** Throws what RE2 says of an expression that it cannot take. */
export const substituteString = (entries: readonly { readonly source: string; readonly from: string; readonly to: string }[]): Processor => {
  const compiled = entries.map(({ source, from, to }) => ({ source, expression: RE2JS.compile(from), to }))
  return fields => {
    for (const { source, expression, to } of compiled) {
      const value = read(fields, source)
      if (typeof value === 'string') put(fields, source, expression.matcher(value).replaceAll(to), true)
    }
  }
}

type Type = 'boolean' | 'integer' | 'double' | 'string'

/** What cannot be converted stays as it is. */
export const typeConverter = (entries: readonly { readonly key: string; readonly type: string }[]): Processor => fields => {
  for (const { key, type } of entries) {
    const value = read(fields, key)
    const converted = typeof value === 'object' || value === undefined ? undefined : convert(value as string | number | boolean, type as Type)
    if (converted !== undefined) put(fields, key, converted, true)
  }
}

const convert = (value: string | number | boolean, type: Type): string | number | boolean | undefined => {
  const text = String(value).trim()
  switch (type) {
    case 'string': return String(value)
    case 'boolean': return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined
    case 'integer': return /^[+-]?\d{1,15}(?:\.\d*)?$/.test(text) ? Math.trunc(Number(text)) : undefined
    case 'double': return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined
  }
}
