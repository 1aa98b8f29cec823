import { type Fields, isFields, put, read, remove, type TransformedEvent } from './fields.ts'
import type { Processor } from './parsers.ts'

export interface Entry {
  readonly source: string
  readonly target: string
  readonly overwriteIfExists?: boolean | undefined
}

export interface AddedKey {
  readonly key: string
  readonly value: string
  readonly overwriteIfExists?: boolean | undefined
}

/** Values may hold `${path}`. */
export const addKeys = (entries: readonly AddedKey[]): Processor => fields => {
  for (const { key, value, overwriteIfExists = false } of entries) {
    put(fields, key, value.replace(/\$\{([^{}]{1,128})\}/g, (whole, path: string) => textOf(read(fields, path)) ?? whole), overwriteIfExists)
  }
}

export const deleteKeys = (withKeys: readonly string[]): Processor => fields => {
  for (const key of withKeys) remove(fields, key)
}

/** Into the object that is at the target, under its own name; else to the target. */
export const moveKeys = (entries: readonly Entry[]): Processor => fields => {
  for (const { source, target, overwriteIfExists = false } of entries) {
    const value = read(fields, source)
    if (value === undefined) continue
    const place = isFields(read(fields, target)) ? `${target}.${source.slice(source.lastIndexOf('.') + 1)}` : target
    if (put(fields, place, value, overwriteIfExists) && place !== source) remove(fields, source)
  }
}

export interface RenamedKey {
  readonly key: string
  readonly renameTo: string
  readonly overwriteIfExists?: boolean | undefined
}

export const renameKeys = (entries: readonly RenamedKey[]): Processor => fields => {
  for (const { key, renameTo, overwriteIfExists = false } of entries) {
    const value = read(fields, key)
    if (value !== undefined && key !== renameTo && put(fields, renameTo, value, overwriteIfExists)) remove(fields, key)
  }
}

export const copyValue = (entries: readonly Entry[]): Processor => (fields, event) => {
  for (const { source, target, overwriteIfExists = false } of entries) {
    const value = metadata(event, source) ?? read(fields, source)
    if (value !== undefined) put(fields, target, structuredClone(value), overwriteIfExists)
  }
}

const metadata = ({ logGroup, logStream, account, region }: TransformedEvent, name: string): string | undefined => {
  switch (name) {
    case '@logGroupName': return logGroup
    case '@logGroupStream': return logStream
    case '@accountId': return account
    case '@regionName': return region
    default: return undefined
  }
}

export interface ListToMap {
  readonly source: string
  readonly key: string
  readonly valueKey?: string | undefined
  readonly target?: string | undefined
  readonly flatten?: boolean | undefined
  readonly flattenedElement?: string | undefined
}

export const listToMap = ({ source, key, valueKey, target, flatten = false, flattenedElement = 'first' }: ListToMap): Processor => fields => {
  const list = read(fields, source)
  if (!Array.isArray(list)) return
  const map = new Map<string, unknown[]>()
  for (const item of list as readonly unknown[]) {
    const name = isFields(item) ? textOf(read(item, key)) : undefined
    if (name === undefined) continue
    const value = valueKey === undefined ? item : read(item as Fields, valueKey)
    if (value !== undefined) map.set(name, [...(map.get(name) ?? []), value])
  }
  for (const [name, values] of map) {
    const value = flatten ? values.at(flattenedElement === 'last' ? -1 : 0) : values
    put(fields, target === undefined ? name : `${target}.${name}`, structuredClone(value), true)
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
